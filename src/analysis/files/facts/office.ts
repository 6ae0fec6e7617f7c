// Office documents: macros and when they run, templates from elsewhere, things embedded.
import type { Fact, Finding } from '../types.ts';
import type { Member } from '../unpack/member.ts';
import { bytesAsText, type Look, NOTHING } from './look.ts';
import { type OleFile, readOle } from './ole.ts';
import { lookAtScript } from './script.ts';
import { vbaSource } from './vba.ts';

const AUTO =
  /\b(?:Auto_?(?:Open|Exec|Close|New|Exit)|Document_(?:Open|New|Close)|Workbook_(?:Open|Activate|BeforeClose)|App_DocumentOpen)\b/i;
const MAX_STREAMS = 256;
const EXTERNAL =
  /Type="[^"]{1,200}\/(attachedTemplate|oleObject|frame|externalLink|image|subDocument)"[^>]{0,400}TargetMode="External"|Target="(?:https?|file|mhtml|ftp):[^"]{1,2048}"[^>]{0,400}TargetMode="External"[^>]{0,400}\/(attachedTemplate|oleObject|frame)"/i;

/** A compound file: Word, Excel and PowerPoint of before 2007, `vbaProject.bin`, installers. */
export function lookAtOle(bytes: Uint8Array): Look {
  const ole = readOle(bytes);
  if (ole === undefined) return NOTHING;
  const names = ole.streams.map(({ name }) => name);
  const facts: Record<string, Fact> = {};
  const findings: Finding[] = [];
  if (names.includes('EncryptedPackage')) {
    facts.encrypted = true;
    findings.push({ rank: 'odd', says: 'an encrypted document: it cannot be looked into' });
  }
  if (names.includes('\x01Ole10Native')) {
    facts.embedded = true;
    findings.push({ rank: 'odd', says: 'a document with a file embedded in it' });
  }
  if (names.some((name) => /^equation native$/i.test(name))) {
    findings.push({
      rank: 'bad',
      class: 'exploit',
      says: 'a document with an equation object, as attacks on the equation editor have',
    });
  }
  const macros = macrosOf(ole);
  return { facts: { ...facts, ...macros.facts }, findings: [...findings, ...macros.findings] };
}

function macrosOf({ streams }: OleFile): Look {
  const names = streams.map(({ name }) => name);
  if (!names.some((name) => /^_?VBA(?:_PROJECT(?:_CUR)?)?$/i.test(name) || name === 'Macros')) return NOTHING;
  const findings: Finding[] = [{ rank: 'odd', says: 'a document with macros' }];
  let [source, identifiers] = ['', ''];
  for (const stream of streams.slice(0, MAX_STREAMS)) {
    if (stream.kind !== 'stream' || source.length > 512 * 1024) continue;
    const content = stream.read();
    source += `${vbaSource(content)}\n`;
    if (stream.name === '_VBA_PROJECT') identifiers = bytesAsText(content, 64 * 1024);
  }
  const facts: Record<string, Fact> = { macros: true };
  if (AUTO.test(source) || AUTO.test(identifiers)) {
    facts.autoOpen = true;
    findings.push({ rank: 'bad', says: 'a document whose macros run when it is opened' });
  }
  const script = lookAtScript(source);
  return { facts: { ...script.facts, ...facts }, findings: [...findings, ...script.findings] };
}

/** A document that is a zip file, by what is in it. */
export function lookAtOoxml(members: readonly Member[]): Look {
  const facts: Record<string, Fact> = {};
  const findings: Finding[] = [];
  for (const { name, content } of members) {
    if (/(?:^|\/)vbaProject\.bin$/i.test(name)) facts.macros = true; // looked into as a file of its own
    if (/(?:^|\/)embeddings\/.*\.bin$/i.test(name)) facts.embedded = true;
    if (/(?:^|\/)macrosheets\//i.test(name)) {
      facts.macroSheets = true;
      findings.push({ rank: 'bad', says: 'a document with Excel 4 macros' });
    }
    if (content === undefined) continue;
    const text = /\.rels$/i.test(name) ? bytesAsText(content, 1024 * 1024) : '';
    const external = EXTERNAL.exec(text);
    if (external !== null && /attachedTemplate|oleObject|frame|subDocument/i.test(external[0])) {
      facts.external = (external[1] ?? external[2] ?? 'object').toLowerCase();
      findings.push({
        rank: 'bad',
        class: 'exploit',
        says: 'a document that fetches its template or an object from elsewhere',
      });
    }
    if (/\.xml$/i.test(name) && /\bDDE(?:AUTO)?\b\s+["\\a-z]/.test(bytesAsText(content, 1024 * 1024))) {
      findings.push({ rank: 'bad', says: 'a document that starts a program through DDE' });
    }
  }
  if (facts.embedded === true) findings.push({ rank: 'note', says: 'a document with objects embedded in it' });
  return { facts, findings };
}

/** Rich text: objects and old holes. */
export function lookAtRtf(text: string): Look {
  const objects = (text.match(/\\obj(?:data|ocx|emb|autlink|update)\b/gi) ?? []).length;
  const findings: Finding[] = [];
  if (objects > 0) findings.push({ rank: 'odd', says: 'a document with objects embedded in it' });
  const equation = /4571756174696f6e|\\objclass\s+Equation/i.test(text);
  if (equation || /\\objupdate\b/i.test(text)) {
    findings.push({
      rank: 'bad',
      class: 'exploit',
      says: 'a document whose object is run by itself, as attacks on Office do',
    });
  }
  return { facts: objects > 0 ? { objects } : {}, findings };
}
