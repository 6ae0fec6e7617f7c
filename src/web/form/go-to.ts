import type { MouseEvent } from 'react';

/** Follows a link within the page by scroll and focus alone: the address, and with it what was typed, stays as it is. */
export function goTo(event: MouseEvent, id: string): void {
  event.preventDefault();
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: target.tagName === 'SECTION' ? 'start' : 'center' });
  target?.focus({ preventScroll: true });
}
