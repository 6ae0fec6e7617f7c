// The only way text gets into the page.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text between tags, or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.toWellFormed().replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? '');
}

/** A name of ours as it may stand in an id and in an anchor. */
export function anchorOf(id: string): string {
  return `q-${id.replaceAll(/[^a-z0-9-]/gi, '-')}`;
}
