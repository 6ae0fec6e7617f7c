import { Link } from '@tanstack/react-router';
import './footer.css';

/** What this is, in one line, and where to read more. */
export function Footer() {
  return (
    <footer className="sd-footer">
      <div className="sd-foot">
        <p>Sundew watches with decoys that never speak first. Nobody is tracked here.</p>
        <p>
          <Link to="/about">Rules and privacy</Link> · <Link to="/appeal">Wrongly listed?</Link> ·{' '}
          <a href="/api/openapi.json">API</a>
        </p>
      </div>
    </footer>
  );
}
