import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: ReactNode;
  /** For links within the page. */
  readonly id?: string;
  readonly side?: ReactNode;
  readonly children: ReactNode;
}

/** A titled box, a region of its own for screen readers. */
export function Panel({ title, id, side, children }: PanelProps) {
  const heading = useId();
  return (
    <section className="sd-panel" id={id} tabIndex={id === undefined ? undefined : -1} aria-labelledby={heading}>
      <div className="sd-panel-head">
        <h2 id={heading}>{title}</h2>
        {side}
      </div>
      {children}
    </section>
  );
}
