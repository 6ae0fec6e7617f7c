import { type ReactNode, useEffect } from 'react';
import './page.css';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its title (also the tab's), a line under it, and what it holds. */
export function Page({ title, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Sundew`;
  }, [title]);
  return (
    <div className="sd-stack">
      <div className="sd-page-head">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p className="sd-page-lead">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="sd-row">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
