// What a file is by its first bytes, and whether a decoy may keep it: programs, scripts, documents and archives, and never
// pictures, sound or film (docs/engagement.md). Names and claimed types are the peer's word and count for nothing here.

/** Bytes of a beginning that are enough to judge by; what is refused is gone before more has come. */
export const HEAD_BYTES = 4096;

export type ContentType = 'program' | 'script' | 'document' | 'archive' | 'media' | 'unknown';

type Magic = readonly [type: ContentType, at: number, bytes: string];

const media = (bytes: string): Magic => ['media', 0, bytes];

/** As latin-1 text. */
const MAGIC: readonly Magic[] = [
  ['program', 0, 'MZ'],
  ['program', 0, '\x7fELF'],
  ['program', 0, '\xca\xfe\xba\xbe'],
  ['program', 0, '\xfe\xed\xfa\xce'],
  ['program', 0, '\xfe\xed\xfa\xcf'],
  ['program', 0, '\xce\xfa\xed\xfe'],
  ['program', 0, '\xcf\xfa\xed\xfe'],
  ['program', 0, 'L\0\0\0\x01\x14\x02\0'], // shell link
  ['document', 0, '%PDF-'],
  ['document', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], // OLE
  ['document', 0, '{\\rtf'],
  ['document', 0, 'ITSF'], // compiled help
  ['archive', 0, 'PK\x03\x04'],
  ['archive', 0, 'Rar!\x1a\x07'],
  ['archive', 0, '7z\xbc\xaf\x27\x1c'],
  ['archive', 0, '\x1f\x8b\x08'],
  ['archive', 0, 'BZh'],
  ['archive', 0, '\xfd7zXZ\0'],
  ['archive', 0, 'MSCF\0\0\0\0'],
  ['archive', 7, '**ACE**'],
  ['archive', 2, '-lh'],
  ['archive', 257, 'ustar'],
  ...['\xff\xd8\xff', '\x89PNG', 'GIF8', 'II*\0', 'MM\0*', '\0\0\x01\0', '8BPS'].map(media),
  ...['RIFF', 'FORM', 'OggS', 'fLaC', 'ID3', 'MThd', '\xff\xfb', '\xff\xfa', '\xff\xf3', '\xff\xf2'].map(media),
  ...['\x1aE\xdf\xa3', '\0\0\x01\xba', '\0\0\x01\xb3', '0&\xb2u', '.RMF', 'FLV', 'FWS', 'CWS', 'ZWS'].map(media),
  ['media', 4, 'ftyp'],
  ['media', 4, 'moov'],
  ['media', 4, 'mdat'],
];

const MEDIA_ENDINGS =
  /\.(?:jpe?g|jpe|jfif|png|gif|bmp|webp|hei[cf]|avif|tiff?|ico|svgz?|psd|raw|avi|mpe?g|mp[234]|m4[av]|mov|mkv|webm|wm[av]|flv|3gp|wav|ogg|opus|flac|aac|amr|mid|swf)[. ]*$/i;

/** Whether a name says picture, sound or film: such an offer is not taken up at all. */
export function isMediaName(name: string): boolean {
  return MEDIA_ENDINGS.test(name);
}

/** The type of a file by its beginning. */
export function contentTypeOf(head: Uint8Array): ContentType {
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1');
  const known = MAGIC.find(([, at, bytes]) => text.startsWith(bytes, at));
  if (known !== undefined) return known[0];
  if (text.startsWith('BM') && text.startsWith('\0\0\0\0', 6)) return 'media'; // a bitmap: others begin with BM, too
  return text !== '' && isText(text) ? 'script' : 'unknown';
}

/** No control characters but those of text. UTF-16 has its mark. */
function isText(text: string): boolean {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(text)) return true;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) && !/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<svg/i.test(text);
}

const CENTRAL_ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const MAX_ENTRIES = 10_000;

/** Whether an archive of the zip kind names pictures, sound or film within. Others do not say. */
export function holdsMedia(content: Uint8Array): boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let at = bytes.indexOf(CENTRAL_ENTRY);
  for (let entries = 0; at !== -1 && at + 46 <= bytes.length && entries < MAX_ENTRIES; entries += 1) {
    const length = bytes.readUInt16LE(at + 28);
    if (isMediaName(bytes.toString('utf8', at + 46, at + 46 + length))) return true;
    at = bytes.indexOf(CENTRAL_ENTRY, at + 46);
  }
  return false;
}
