// The fingerprint of a capture: what it has in common with others of its campaign, without knowing them.
import { hash } from 'node:crypto';
import type { Capture, CaptureKind } from '../../core/capture.ts';
import { foldText } from '../normalize/fold.ts';
import type { Fingerprint } from '../types.ts';
import { rareDomain } from './domain.ts';
import { maskText, weightOf, withoutAddressee, withoutFillers } from './mask.ts';
import { shapeOf } from './shape.ts';
import { hashWords } from './words.ts';

/** Masked letters and digits under which a text alone does not make a campaign: its hosts must agree as well. */
const SHORT_TEXT = 16;
const NONE: Fingerprint = { exact: '', words: new Uint32Array(0), links: [] };

// Captures that say nothing: what the network or a program did, not what a sender wrote.
const SILENT: ReadonlySet<CaptureKind> = new Set([
  'typing',
  'presence',
  'probe',
  'service-notice',
  'backscatter',
  'warning',
  'connection',
  'search',
  'search-result',
  'contact-change',
]);

/** @param hosts hosts of the capture's links, in order */
export function fingerprint(capture: Capture, folded: string, hosts: readonly string[]): Fingerprint {
  if (SILENT.has(capture.kind)) return NONE;
  const content = contentOf(capture, folded, hosts);
  return content === NONE ? NONE : { ...content, sender: `${capture.network}:${capture.peer.id}` };
}

function contentOf(capture: Capture, folded: string, hosts: readonly string[]): Fingerprint {
  const domains = hosts.map(rareDomain).filter((domain) => domain !== undefined);
  const { file } = capture;
  const said = withoutAddressee(folded);
  const shape = shapeOf(said);
  const links: string[] = domains.map((domain) => `host:${domain}`);
  if (file?.sha256 !== undefined) links.unshift(`file:${file.sha256}`);
  const whole = maskText(said);
  const masked = withoutFillers(whole);
  const weight = weightOf(masked);
  if (file !== undefined && weight < SHORT_TEXT) {
    const name = maskFileName(file.name ?? '');
    return { exact: digest('file', name, String(file.size ?? ''), masked), words: new Uint32Array(0), links };
  }
  if (masked === '') return nothingSaid(capture, links);
  if (weight < SHORT_TEXT) {
    const exact = digest(family(capture.kind), masked, ...new Set(domains.length > 0 ? domains : hosts));
    return { exact, words: hashWords(shape.tail === '' ? whole : `${whole} ${shape.tail}`), links, shape: shape.code };
  }
  return {
    exact: digest('text', masked),
    words: hashWords(shape.tail === '' ? whole : `${whole} ${shape.tail}`),
    links,
    shape: shape.code,
  };
}

// A nudge or an empty contact request still is one thing of its kind, but nothing ties it to another.
function nothingSaid(capture: Capture, links: readonly string[]): Fingerprint {
  if (links.length > 0) return { exact: digest(capture.kind, ...links), words: new Uint32Array(0), links };
  const status = capture.peer.name === undefined ? '' : maskText(foldText(capture.peer.name));
  if (capture.kind !== 'contact-request' || weightOf(status) < SHORT_TEXT) return NONE;
  return { exact: digest('contact', status), words: new Uint32Array(0), links };
}

/** A file name with its digits and separators folded: `IMG_0021.jpg.scr` and `img-7.jpg.scr` are one pattern. */
export function maskFileName(name: string): string {
  const dot = name.lastIndexOf('.');
  return foldText(name.slice(0, dot < 0 ? name.length : dot))
    .replaceAll(/\d+/g, '0')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .concat(dot < 0 ? '' : foldText(name.slice(dot)));
}

function family(kind: CaptureKind): string {
  return kind === 'contact-request' || kind === 'group-invite' ? kind : 'short';
}

function digest(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\u0000'), 'base64url').slice(0, 22);
}
