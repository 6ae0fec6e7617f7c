// PDF: what runs when it is opened. Names may be written with `#xx`; streams of objects are unpacked within the caps.
import type { Budget } from '../budget.ts';
import type { Fact, Finding } from '../types.ts';
import { inflateZlib } from '../unpack/inflate.ts';
import { bytesAsText, type Look } from './look.ts';

const MAX_STREAMS = 200;
const STREAM = /\bstream\r?\n/g;

export function lookAtPdf(bytes: Uint8Array, budget: Budget): Look {
  const raw = bytesAsText(bytes);
  const text = unescapeNames(`${raw}\n${objectStreams(bytes, raw, budget)}`);
  const has = (name: string): boolean => new RegExp(`/${name}\\b`).test(text);
  const javaScript = has('JavaScript') || /\/JS[\s(<\d]/.test(text);
  const facts: Record<string, Fact> = {
    ...(javaScript ? { javaScript } : {}),
    ...(has('Launch') ? { launch: true } : {}),
    ...(has('EmbeddedFiles?') ? { embedded: true } : {}),
    ...(has('Encrypt') ? { encrypted: true } : {}),
    ...(has('OpenAction') || has('AA') ? { onOpen: true } : {}),
  };
  const findings: Finding[] = [];
  if (facts.launch === true) findings.push({ rank: 'bad', class: 'exploit', says: 'a PDF that starts a program' });
  if (javaScript)
    findings.push({
      rank: facts.onOpen === true ? 'bad' : 'odd',
      class: 'exploit',
      says: facts.onOpen === true ? 'a PDF whose script runs when it is opened' : 'a PDF with a script',
    });
  if (facts.embedded === true) findings.push({ rank: 'odd', says: 'a PDF with a file embedded in it' });
  if (has('RichMedia') || has('JBIG2Decode'))
    findings.push({ rank: 'note', says: 'a PDF with parts that old readers were attacked by' });
  return { facts, findings };
}

/** Objects packed together (ISO 32000-1, 7.5.7) hide names from a search. */
function objectStreams(bytes: Uint8Array, raw: string, budget: Budget): string {
  let text = '';
  let streams = 0;
  for (const match of raw.matchAll(STREAM)) {
    streams += 1;
    if (streams > MAX_STREAMS || budget.late) break;
    const before = raw.slice(Math.max(0, match.index - 300), match.index);
    if (!/\/(?:ObjStm|JavaScript|JS)\b/.test(before) || !/\/Fl(?:ateDecode)?\b/.test(before)) continue;
    const from = match.index + match[0].length;
    const end = raw.indexOf('endstream', from);
    const packed = bytes.subarray(from, end < 0 ? bytes.length : end);
    const content = inflateZlib(packed, Math.min(budget.room(packed.length), 1024 * 1024));
    if (typeof content === 'string') continue;
    budget.spend(content.length);
    text += `${bytesAsText(content)}\n`;
  }
  return text;
}

function unescapeNames(text: string): string {
  return text.includes('#')
    ? text.replaceAll(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}
