import { Link } from '@tanstack/react-router';
import './simulated-banner.css';

/** Says that nothing here happened, and what to do about it. */
export function SimulatedBanner() {
  return (
    <aside className="sd-simulated" aria-label="Simulation">
      <p>
        <strong>Simulated:</strong> everything shown here is made by Sundew’s own test range on this machine. None of it
        happened to anyone.
      </p>
      <p className="sd-simulated-links">
        <Link to="/mailbox">Demonstration mailbox</Link>
        <Link to="/console/going-live">Go live</Link>
      </p>
    </aside>
  );
}
