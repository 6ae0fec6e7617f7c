// The MIME documents of NotesBuddy messages (RFC 2045, RFC 2387): which part is the text, and what else is in it.
import { hash } from 'node:crypto';
import { decodeText } from './fields.ts';

const MAX_PARTS = 32;
const MAX_HEADER_CHARS = 8192;
const MAX_BOUNDARY = 200;

export interface MimePart {
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

export interface MimeMessage {
  readonly html?: string;
  readonly plain?: string;
  /** Everything that is neither: images and whatever else is sent along. */
  readonly parts: readonly MimePart[];
}

interface Entity {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Reads a document; what is no MIME is one plain part. Bytes are handled as latin1 so that none is lost. */
export function readMime(bytes: Uint8Array): MimeMessage {
  const root = entityOf(Buffer.from(bytes).toString('latin1'));
  const boundary = parameter(root.headers.get('content-type') ?? '', 'boundary');
  const entities = boundary === undefined ? [root] : split(root.body, boundary).map(entityOf);
  let html: string | undefined;
  let plain: string | undefined;
  const parts: MimePart[] = [];
  for (const entity of entities) {
    const type = (entity.headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? '';
    const content = contentOf(entity);
    if (type === 'text/html' && html === undefined) html = decodeText(content);
    else if (type === 'text/plain' && plain === undefined) plain = decodeText(content);
    else parts.push({ type: type.slice(0, 100), size: content.length, sha256: hash('sha256', content, 'hex') });
  }
  return { ...(html === undefined ? {} : { html }), ...(plain === undefined ? {} : { plain }), parts };
}

function entityOf(text: string): Entity {
  const crlf = text.indexOf('\r\n\r\n');
  const lf = text.indexOf('\n\n');
  const end = crlf === -1 || (lf !== -1 && lf < crlf) ? lf : crlf;
  if (end === -1 || end > MAX_HEADER_CHARS) return { headers: new Map(), body: text };
  const headers = new Map<string, string>();
  // A line that begins with a blank continues the one before.
  for (const line of text
    .slice(0, end)
    .replaceAll(/\r?\n[ \t]/g, ' ')
    .split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: text.slice(end + (end === crlf ? 4 : 2)) };
}

function parameter(header: string, name: string): string | undefined {
  for (const piece of header.split(';').slice(1)) {
    const [key = '', ...value] = piece.split('=');
    if (key.trim().toLowerCase() !== name) continue;
    const text = value.join('=').trim().replaceAll('"', '');
    return text === '' || text.length > MAX_BOUNDARY ? undefined : text;
  }
  return undefined;
}

function split(body: string, boundary: string): string[] {
  const pieces = body.split(`--${boundary}`, MAX_PARTS + 2).slice(1);
  return pieces.filter((piece) => !piece.startsWith('--')).map((piece) => piece.replace(/^\r?\n/, ''));
}

function contentOf({ headers, body }: Entity): Uint8Array {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  const text = body.endsWith('\r\n') ? body.slice(0, -2) : body;
  if (encoding !== 'quoted-printable') return Buffer.from(text, 'latin1');
  const joined = text.replaceAll(/=\r?\n/g, '');
  const bytes = joined.replaceAll(/=[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
  return Buffer.from(bytes, 'latin1');
}
