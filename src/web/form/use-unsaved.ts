import { useBlocker } from '@tanstack/react-router';

/** Asks before a page with something unsaved in it is left. */
export function useUnsaved(unsaved: boolean): void {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname && !window.confirm('Leave this page? What you wrote is not saved yet.'),
    disabled: !unsaved,
    enableBeforeUnload: unsaved,
  });
}
