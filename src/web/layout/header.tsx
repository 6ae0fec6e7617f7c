import { Link } from '@tanstack/react-router';
import { Logo } from '../components/logo.tsx';
import { SchemeToggle } from '../components/scheme-toggle.tsx';
import './header.css';

/** Name, pages, and the two things on the right. */
export function Header() {
  return (
    <header className="sd-header">
      <div className="sd-bar">
        <Link to="/" className="sd-brand" aria-label="Sundew, to the board">
          <Logo />
          Sundew
        </Link>
        <nav className="sd-nav" aria-label="Pages">
          <Link to="/" activeOptions={{ exact: true }}>
            Board
          </Link>
          <Link to="/warnings">Warnings</Link>
          <Link to="/threats">Threats</Link>
          <Link to="/lookup">Look up</Link>
          <Link to="/forecasts">Forecasts</Link>
          <Link to="/reports">Reports</Link>
          <Link to="/subscribe">Subscribe</Link>
          <Link to="/about">About</Link>
        </nav>
        <div className="sd-bar-end">
          <Link to="/console" className="sd-bar-console">
            Console
          </Link>
          <SchemeToggle />
        </div>
      </div>
    </header>
  );
}
