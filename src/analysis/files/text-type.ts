// Text files by what they say: encodings, mark-up, scripts. Where libmagic has a name for a type, it is the same name.

const HEAD = 64 * 1024;
const START = 4096;
const MAX_JSON = 4 * 1024 * 1024;

/** Control characters that no text holds, after file(1)'s table. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_TEXT = /[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]/;

/** The text of a file, or `undefined` when it is none; a cut of the beginning unless told. */
export function decodeText(bytes: Uint8Array, most = HEAD): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, most));
  if (head.length === 0) return undefined;
  const mark = head.readUIntBE(0, Math.min(2, head.length));
  if (head.length >= 2 && (mark === 0xfffe || mark === 0xfeff)) return utf16(head, mark === 0xfeff);
  const text = head.toString('latin1');
  if (NO_TEXT.test(text)) return undefined;
  const from = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  const utf8 = head.toString('utf8', from);
  return utf8.slice(0, -4).includes('\ufffd') ? text : utf8;
}

function utf16(head: Buffer, bigEndian: boolean): string | undefined {
  const even = Buffer.from(head.subarray(2, head.length & ~1));
  const text = (bigEndian ? even.swap16() : even).toString('utf16le');
  return text !== '' && NO_TEXT.test(text) ? undefined : text;
}

type Rule = readonly [mime: string, test: RegExp | ((start: string, whole: Uint8Array) => boolean)];

const INTERPRETERS: readonly Rule[] = [
  ['text/x-shellscript', /^#! ?\/\S*\b(?:env )?(?:ba|da|z|k|a)?sh\b/],
  ['text/x-script.python', /^#! ?\/\S*\b(?:env )?python[\d.]*\b/],
  ['text/x-perl', /^#! ?\/\S*\b(?:env )?perl\b/],
  ['application/javascript', /^#! ?\/\S*\b(?:env )?node\b/],
  ['text/x-php', /^#! ?\/\S*\b(?:env )?php\b/],
  ['text/x-ruby', /^#! ?\/\S*\b(?:env )?ruby\b/],
  ['text/x-lua', /^#! ?\/\S*\b(?:env )?lua\b/],
  ['text/x-tcl', /^#! ?\/\S*\b(?:env )?(?:tcl|wish|expect)\b/],
  ['text/x-awk', /^#! ?\/\S*\b(?:env )?[gn]?awk\b/],
];

const RULES: readonly Rule[] = [
  ...INTERPRETERS,
  ['application/pdf', /^%PDF-/],
  ['application/postscript', /^%!PS/],
  ['text/rtf', /^\{\\rtf/],
  ['text/x-php', /^\s{0,64}<\?php\b/i],
  ['application/x-wsf', /^\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?<(?:package|job|scriptlet|component)\b/i],
  ['application/hta', /<hta:application\b/i],
  [
    'image/svg+xml',
    /^\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64}|<!--[^>]{0,400}-->\s{0,64}|<!doctype svg[^>]{0,400}>\s{0,64}){0,4}<svg\b/i,
  ],
  ['text/html', isHtml],
  ['text/xml', /^\s{0,64}<\?xml\b/i],
  ['application/x-mswinurl', /^\s{0,64}\[InternetShortcut\]/i],
  ['text/x-ms-regedit', /^(?:REGEDIT4|Windows Registry Editor Version)/],
  ['application/x-setupscript', /^\s{0,64}\[(?:autorun|version|strings|defaultinstall)\]/i],
  ['text/vcard', /^BEGIN:VCARD/i],
  ['text/calendar', /^BEGIN:VCALENDAR/i],
  ['application/x-bittorrent', /^d(?:8:announce|7:comment|10:created by|13:creation date|4:info|13:announce-list)/],
  ['message/rfc822', isMail],
  ['text/x-msdos-batch', /^\s{0,64}@?echo off\b|^\s{0,64}@?(?:rem|setlocal)\b[^\n]{0,200}\r?\n/i],
  ['application/x-ndjson', isJsonLines],
  ['application/json', isJson],
  ['text/x-diff', /^(?:diff --git |--- [^\n]{1,200}\n\+\+\+ |Index: [^\n]{1,200}\n=+)/],
  [
    'text/x-mirc',
    /^\s{0,64}(?:\[script\]|n\d+=)|\bon \*?\d*:(?:join|text|part|connect|start|load)\s*:|\$nick\b.{0,80}\bdcc send\b/im,
  ],
  ['text/vbscript', isVbScript],
  ['text/x-powershell', isPowerShell],
  ['application/javascript', isJScript],
  ['text/x-java', /^\s{0,64}(?:package [\w.]+;|import java[\w.*]+;)/m],
  ['text/x-c', /^\s{0,64}#\s?(?:include\s*[<"]|ifndef \w|define \w)/m],
  ['text/x-tex', /^\s{0,64}\\documentclass\b/m],
  ['text/csv', isCsv],
];

/** The type of a text, `text/plain` where nothing more is known. @param text its beginning @param bytes the whole file */
export function textTypeOf(text: string, bytes: Uint8Array): string {
  const start = text.slice(0, START);
  const rule = RULES.find(([, test]) => (test instanceof RegExp ? test.test(start) : test(start, bytes)));
  return rule?.[0] ?? 'text/plain';
}

function isHtml(start: string): boolean {
  if (/^\s{0,64}<\?xml\b/i.test(start)) return /<html\b/i.test(start);
  if (/<!doctype html\b/i.test(start)) return true;
  return (
    /<(?:html|head|title|body|script|iframe|table|style|h1|a href)\b[^>]{0,400}>/i.test(start) &&
    /^\s{0,256}</.test(start)
  );
}

function isMail(start: string): boolean {
  const head = start.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const names =
    head.match(/^(?:from|to|subject|date|message-id|received|return-path|mime-version|content-type):/gim) ?? [];
  return names.length >= 3 && /^[a-z-]{2,40}:/i.test(head);
}

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false; // no JSON, which is the answer
  }
}

function isJson(start: string, bytes: Uint8Array): boolean {
  if (!/^\s*[[{]/.test(start) || bytes.length > MAX_JSON) return false;
  return parses(decodeText(bytes, bytes.length) ?? '');
}

function isJsonLines(start: string, bytes: Uint8Array): boolean {
  if (!start.startsWith('{') || bytes.length > MAX_JSON) return false;
  const lines = (decodeText(bytes, bytes.length) ?? '').trimEnd().split('\n');
  return lines.length > 1 && lines.slice(0, 64).every((line) => line.startsWith('{') && parses(line));
}

function hits(text: string, patterns: readonly RegExp[]): number {
  return patterns.filter((pattern) => pattern.test(text)).length;
}

function isVbScript(start: string): boolean {
  const sure =
    /\bCreateObject\s{0,8}\(\s{0,8}["'](?:WScript|Scripting|MSXML2|Shell|ADODB)/i.test(start) &&
    /^\s*(?:Set|Dim)\b/im.test(start);
  const hints = [
    /^\s*Dim \w/im,
    /^\s*Set \w+\s?=/im,
    /\bOn Error Resume Next\b/i,
    /^\s*End (?:Sub|Function|If)\b/im,
    /\bMsgBox\b/i,
    /\bChr\(\d+\)\s?&/i,
  ];
  return sure || hits(start, hints) >= 3;
}

function isPowerShell(start: string): boolean {
  const hints = [
    /\bNew-Object\s+(?:System\.)?Net\.WebClient\b/i,
    /\b(?:Invoke-Expression|Invoke-WebRequest|Start-Process|Write-Host|Get-ChildItem|Set-ExecutionPolicy)\b/i,
    /^\s*param\s?\(/im,
    /^\s*function [\w-]+\s?\{/im,
    /\$(?:env:\w+|PSScriptRoot|\w+\s?=)/i,
    /\s-(?:eq|ne|like|match|Path|ArgumentList|EncodedCommand)\s/i,
  ];
  return hits(start, hints) >= 2 && /\$\w|-\w+\s/.test(start) && !/^\s*(?:var|let|const) /m.test(start);
}

function isJScript(start: string): boolean {
  const sure = /\bnew ActiveXObject\s?\(|\bWScript\.(?:CreateObject|Shell|Echo|Quit|ScriptFullName)/i.test(start);
  const hints = [
    /^\s*(?:var|let|const) \w+\s?=/m,
    /\bfunction\s?\w{0,64}\s?\([\w, ]{0,200}\)\s?\{/,
    /=>\s?[{(]/,
    /\beval\s?\(/,
    /^\s*(?:import|export) .{1,200} from ['"]/m,
    /\bdocument\.write|\bconsole\.log|\brequire\s?\(/,
  ];
  return sure || hits(start, hints) >= 3;
}

function isCsv(start: string, bytes: Uint8Array): boolean {
  const lines = start.split(/\r?\n/);
  const whole = bytes.length <= START ? lines.slice(0, lines.at(-1) === '' ? -1 : undefined) : lines.slice(0, 10);
  const counts = whole.slice(0, 10).map((line) => line.replaceAll(/"[^"]*"/g, '').split(',').length);
  return counts.length >= 2 && (counts[0] ?? 0) >= 2 && counts.every((count) => count === counts[0]);
}
