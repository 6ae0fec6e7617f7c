// One file and all that is in it, under one budget: types, hashes, facts, findings. Runs in the sandbox.
import { hash } from 'node:crypto';
import { fileEnding } from '../triage/file-name.ts';
import { Budget, LIMITS, type Limits } from './budget.ts';
import { findEicar } from './eicar.ts';
import { lookAtElf, lookAtMachO } from './facts/elf.ts';
import { lookAtLnk } from './facts/lnk.ts';
import { type Look, NOTHING, SEARCHED } from './facts/look.ts';
import { lookAtOle, lookAtOoxml, lookAtRtf } from './facts/office.ts';
import { lookAtPdf } from './facts/pdf.ts';
import { lookAtPe } from './facts/pe.ts';
import { lookAtHtml, lookAtScript } from './facts/script.ts';
import { linksIn, MAX_LINKS } from './links.ts';
import { judgeName } from './name-and-type.ts';
import { decodeText } from './text-type.ts';
import { tlsh } from './tlsh.ts';
import { typeOf } from './type.ts';
import { type Claim, type FileReport, type FileType, type Finding, strongest } from './types.ts';
import type { Member, Unpacked } from './unpack/member.ts';
import { isOfficeZip, unpack } from './unpack/unpack.ts';

/** Members that a report tells of one by one. */
export const MAX_MEMBERS = 100;
const MAX_UNOPENED = 16;

/** What is handed in from outside. */
export interface TriageTools {
  /** A clock that only goes forward, ms. */
  nowMs(): number;
  /** Rules that content is held against. */
  scan?(bytes: Uint8Array): readonly Finding[];
}

interface Run {
  readonly budget: Budget;
  readonly tools: TriageTools;
}

/** Triages a file; total over any bytes, within the limits. */
export function triageBytes(
  bytes: Uint8Array,
  claim: Claim,
  tools: TriageTools,
  limits: Limits = LIMITS,
): Promise<FileReport> {
  return examine(bytes, claim, 0, { budget: new Budget(limits, () => tools.nowMs()), tools });
}

async function examine(bytes: Uint8Array, claim: Claim, depth: number, run: Run): Promise<FileReport> {
  const type = await typeOf(bytes);
  const { imphash, ...own } = lookAt(bytes, type, claim.name ?? '', run.budget);
  const within = await lookWithin(bytes, type, depth, run);
  const eicar = findEicar(bytes);
  const findings = [
    ...(eicar === undefined ? [] : [eicar]),
    ...(run.tools.scan?.(bytes) ?? []),
    ...own.findings,
    ...judgeName(claim, bytes.length, type),
    ...within.findings,
  ];
  // The slowest of the hashes: not for what nobody will compare.
  const near = depth === 0 || findings.some(({ rank }) => rank !== 'note') ? tlsh(bytes) : undefined;
  return {
    ...(claim.name === undefined || claim.name === '' ? {} : { name: claim.name.slice(0, 512) }),
    size: bytes.length,
    type,
    sha256: hash('sha256', bytes, 'hex'),
    sha1: hash('sha1', bytes, 'hex'),
    md5: hash('md5', bytes, 'hex'),
    ...(near === undefined ? {} : { tlsh: near }),
    ...(imphash === undefined ? {} : { imphash }),
    facts: { ...within.facts, ...own.facts },
    findings: strongest(findings),
    links: [...new Set([...(type.family === 'archive' ? [] : linksIn(bytes)), ...within.links])].slice(0, MAX_LINKS),
    members: within.members,
    unopened: within.unopened,
  };
}

/** Facts by type; a text whose name makes it run is looked at as a script. */
function lookAt(
  bytes: Uint8Array,
  { mime, family }: FileType,
  name: string,
  budget: Budget,
): Look & { readonly imphash?: string } {
  switch (mime) {
    case 'application/vnd.microsoft.portable-executable':
      return lookAtPe(bytes);
    case 'application/x-mach-binary':
      return lookAtMachO(bytes);
    case 'application/x-ms-shortcut':
      return lookAtLnk(bytes);
    case 'application/pdf':
      return lookAtPdf(bytes, budget);
    case 'text/rtf':
      return lookAtRtf(textOf(bytes));
    case 'text/html':
    case 'application/hta':
    case 'image/svg+xml':
      return lookAtHtml(textOf(bytes));
    default:
      if (/^application\/x-(?:executable|pie-executable|sharedlib)$/.test(mime)) return lookAtElf(bytes);
      if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === 'd0cf11e0') return lookAtOle(bytes);
      if (family === 'text' && fileEnding(name).kind === 'plain') return NOTHING;
      return family === 'script' || family === 'text' ? lookAtScript(textOf(bytes)) : NOTHING;
  }
}

function textOf(bytes: Uint8Array): string {
  return decodeText(bytes, SEARCHED) ?? '';
}

interface Within extends Look {
  readonly links: readonly string[];
  readonly members: readonly FileReport[];
  readonly unopened: readonly string[];
}

async function lookWithin(bytes: Uint8Array, type: FileType, depth: number, run: Run): Promise<Within> {
  const none: Within = { ...NOTHING, links: [], members: [], unopened: [] };
  if (type.family !== 'archive' && !isOfficeZip(type.mime) && !/java-archive|android/.test(type.mime)) return none;
  if (depth >= run.budget.limits.depth) {
    const says = 'archives within archives, deeper than is looked into';
    return { ...none, findings: [{ rank: 'odd', class: 'exploit', says }], unopened: [says] };
  }
  const unpacked = await unpack(bytes, type, run.budget);
  if (unpacked === undefined) return none;
  const office = isOfficeZip(type.mime) ? lookAtOoxml(unpacked.members) : NOTHING;
  const members: FileReport[] = [];
  for (const { name, content } of unpacked.members) {
    if (content !== undefined && !run.budget.late) members.push(await examine(content, { name }, depth + 1, run));
  }
  return summary(unpacked, members, office, run.budget);
}

function summary(unpacked: Unpacked, members: readonly FileReport[], office: Look, budget: Budget): Within {
  const closed = unpacked.members.filter(({ unopened }) => unopened !== undefined);
  const findings: Finding[] = [...unpacked.findings, ...office.findings, ...judgeClosed(closed)];
  if (closed.some(({ encrypted }) => encrypted === true) || unpacked.encrypted === true) findings.push(ENCRYPTED);
  for (const { findings: inner } of members)
    for (const finding of inner) findings.push({ ...finding, says: prefixed(finding.says) });
  if (budget.late)
    findings.push({ rank: 'odd', class: 'exploit', says: 'it takes longer to look into than is allowed' });
  const told = members.toSorted((a, b) => b.findings.length - a.findings.length).slice(0, MAX_MEMBERS);
  const why = closed.map(({ unopened }) => `an entry: ${unopened}`);
  return {
    facts: {
      ...(members.length + closed.length > 0 ? { entries: members.length + closed.length } : {}),
      ...office.facts,
    },
    findings: strongest(findings),
    links: [...new Set(members.flatMap(({ links }) => links))].slice(0, MAX_LINKS),
    members: told,
    unopened: [...new Set([...unpacked.unopened, ...why, ...members.flatMap(({ unopened }) => unopened)])].slice(
      0,
      MAX_UNOPENED,
    ),
  };
}

/** Entries whose content cannot be had still have names. */
function judgeClosed(closed: readonly Member[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { name } of closed.slice(0, MAX_MEMBERS)) {
    const byName = judgeName({ name }, 0, { mime: '', family: 'data', endings: [] });
    for (const finding of byName) findings.push({ ...finding, says: prefixed(finding.says) });
  }
  return findings;
}

const ENCRYPTED: Finding = { rank: 'odd', says: 'an encrypted archive: it cannot be looked into' };
const WITHIN = 'in it: ';

function prefixed(says: string): string {
  return says.startsWith(WITHIN) ? says : `${WITHIN}${says}`;
}
