import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { boardQuery } from '../api/public-queries.ts';
import { SimulatedBanner } from '../components/simulated-banner.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import './root-layout.css';

/** What surrounds every page. After a change of page the focus goes to its main part, for keyboards and screen readers. */
export function RootLayout() {
  const board = useQuery(boardQuery);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const previous = useRef(path);
  useEffect(() => {
    if (previous.current === path) return;
    previous.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="sd-root">
      <a className="sd-skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1} className="sd-main">
        <div className="sd-stack">
          {board.data?.simulated === true ? <SimulatedBanner /> : null}
          <Outlet />
        </div>
      </main>
      <Footer />
    </div>
  );
}
