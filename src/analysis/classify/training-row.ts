// One labelled text, wherever it comes from.

/** `smishing`: phishing or fraud, its source does not say which. `opener`: starts a long talk that ends in fraud. */
export const TRAINING_LABELS = ['ham', 'spam', 'smishing', 'worm', 'phishing', 'scam', 'opener', 'recon'] as const;
export type TrainingLabel = (typeof TRAINING_LABELS)[number];

export interface TrainingRow {
  readonly source: string;
  readonly label: TrainingLabel;
  /** Rows of one group are near duplicates, or of one template. */
  readonly group: string;
  readonly text: string;
}

export function isTrainingLabel(value: string | undefined): value is TrainingLabel {
  return TRAINING_LABELS.some((label) => label === value);
}
