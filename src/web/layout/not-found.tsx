import { Link } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';

/** An address that is none. */
export function NotFound() {
  return (
    <Page title="Nothing here" lead="No page has this address. It may have been mistyped, or what it showed is gone.">
      <p>
        <Link to="/">To the board</Link>
      </p>
    </Page>
  );
}
