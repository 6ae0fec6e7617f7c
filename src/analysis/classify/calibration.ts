// Turning margins into probabilities, and choosing where to speak up.

/** Probability = 1 / (1 + exp(-(slope * margin + offset))). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** A margin that a model gave which had not seen the text. */
export interface HeldOutMargin {
  readonly margin: number;
  readonly positive: boolean;
}

/** Platt scaling (1999) by Newton's method on the log likelihood. */
export function calibrate(margins: readonly HeldOutMargin[]): Calibration {
  let [slope, offset] = [1, 0];
  for (let round = 0; round < 50; round++) {
    let [gs, go, hss, hso, hoo] = [0, 0, 1e-6, 0, 1e-6];
    for (const { margin, positive } of margins) {
      const p = sigmoid(slope * margin + offset);
      const error = p - (positive ? 1 : 0);
      const weight = p * (1 - p);
      gs += error * margin;
      go += error;
      hss += weight * margin * margin;
      hso += weight * margin;
      hoo += weight;
    }
    const determinant = hss * hoo - hso * hso;
    if (Math.abs(determinant) < 1e-12) break;
    slope -= (hoo * gs - hso * go) / determinant;
    offset -= (hss * go - hso * gs) / determinant;
  }
  return { slope, offset };
}

/** The margin that at most this share of the harmless texts is above. */
export function marginFor(margins: readonly HeldOutMargin[], falseAlarms: number): number {
  const harmless = Float64Array.from(margins.filter(({ positive }) => !positive).map(({ margin }) => margin)).sort();
  return harmless[harmless.length - 1 - Math.floor(falseAlarms * harmless.length)] ?? 0;
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
