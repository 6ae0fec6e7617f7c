// File offers judged by name, size and type alone: an offer need not be accepted to see that it lies.
import type { CapturedFile } from '../../core/capture.ts';
import { isBidiControl } from '../normalize/invisible.ts';

const EXECUTABLE: ReadonlySet<string> = new Set(
  (
    'exe scr pif com cmd bat vbs vbe js jse wsf wsh hta lnk cpl msi msp ps1 jar reg inf sct scf gadget application ' +
    'dll ocx sys apk ipa dmg pkg deb rpm run bin elf app appimage chm url xll ade mde docm xlsm pptm dotm ini mrc'
  ).split(' '),
);
const LURE: ReadonlySet<string> = new Set(
  'scr pif com cmd bat vbs vbe js jse wsf wsh hta lnk cpl chm url scf sct'.split(' '),
);
const HARMLESS_LOOKING: ReadonlySet<string> = new Set(
  'jpg jpeg gif png bmp webp heic avi mpg mpeg mp4 mov mkv mp3 wav ogg txt doc docx xls xlsx pdf ppt pptx rtf htm html'.split(
    ' ',
  ),
);
const CONTAINER: ReadonlySet<string> = new Set('zip rar 7z ace cab gz tar iso img vhd vhdx arj lzh'.split(' '));

/** What the last ending of a name makes of the file. `lure`: an executable ending that no honest sender uses. */
export interface FileEnding {
  readonly kind: 'lure' | 'executable' | 'container' | 'plain';
  readonly ending: string;
  /** A picture's, film's or document's ending before the last one. */
  readonly disguise?: string;
}

/** Whether an ending says picture, film, sound or document. */
export function isHarmlessEnding(ending: string): boolean {
  return HARMLESS_LOOKING.has(ending);
}

/** The ending of a name as an operating system sees it: trailing dots and spaces do not count. */
export function fileEnding(name: string): FileEnding {
  const clean = name
    .slice(-512)
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .toLowerCase();
  const parts = clean.split('.').map((part) => part.trim());
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  const ending = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  const before = parts.length > 2 ? (parts.at(-2) ?? '') : '';
  const disguise = HARMLESS_LOOKING.has(before) ? { disguise: before } : {};
  if (LURE.has(ending)) return { kind: 'lure', ending, ...disguise };
  if (EXECUTABLE.has(ending)) return { kind: 'executable', ending, ...disguise };
  return { kind: CONTAINER.has(ending) ? 'container' : 'plain', ending, ...disguise };
}

export interface FileTriage {
  /** 0: nothing odd. 1: could run. 2: dressed up as something else: a lure beyond doubt. */
  readonly level: 0 | 1 | 2;
  readonly reasons: readonly string[];
}

/** Judges an offered file. Reasons are sentences for people and hold no bytes of the peer but the ending. */
export function triageFile(file: CapturedFile): FileTriage {
  const name = file.name ?? '';
  const { kind, ending, disguise } = fileEnding(name);
  const runs = kind === 'lure' || kind === 'executable';
  const strong: string[] = [];
  const weak: string[] = [];
  if (runs && disguise !== undefined) strong.push(`executable .${ending} behind the name of a .${disguise} file`);
  if (hasBidi(name)) strong.push('the name holds direction controls, it reads differently from what it is');
  if (/[ \u00a0\u2800]{6}/.test(name) && runs) strong.push(`a run of spaces hides the ending .${ending}`);
  if (runs && /^(?:image|video|audio|text)\//i.test(file.type ?? '')) {
    strong.push(`offered as ${/^\w{1,10}/.exec(file.type ?? '')?.[0]} but ends in .${ending}`);
  }
  if (kind === 'lure' && strong.length === 0) strong.push(`.${ending} runs when opened and is no ending people send`);
  if (kind === 'executable' && strong.length === 0) weak.push(`.${ending} is a program`);
  if (kind === 'container' && disguise !== undefined && ending !== 'gz')
    // which keeps the name of what it packs
    weak.push(`archive .${ending} behind the name of a .${disguise} file`);
  return { level: strong.length > 0 ? 2 : weak.length > 0 ? 1 : 0, reasons: [...strong, ...weak] };
}

function hasBidi(name: string): boolean {
  for (let at = 0; at < name.length; at++) if (isBidiControl(name.charCodeAt(at))) return true;
  return false;
}
