import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: ReactNode;
  readonly side?: ReactNode;
  readonly children: ReactNode;
}

/** A titled box, a region of its own for screen readers. */
export function Panel({ title, side, children }: PanelProps) {
  const id = useId();
  return (
    <section className="sd-panel" aria-labelledby={id}>
      <div className="sd-panel-head">
        <h2 id={id}>{title}</h2>
        {side}
      </div>
      {children}
    </section>
  );
}
