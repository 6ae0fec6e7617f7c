// The types that matter to triage: what each is for, and the endings that honest files of it have.
import type { Family, FileType } from './types.ts';

const TABLE: Readonly<Record<Family, string>> = {
  program: `
    application/vnd.microsoft.portable-executable exe dll scr sys ocx cpl com pif drv efi mui ax
    application/x-dosexec exe com pif
    application/x-executable
    application/x-pie-executable
    application/x-sharedlib so
    application/x-object o ko
    application/x-coredump core
    application/x-mach-binary dylib
    application/x-java-applet class
    application/java-archive jar war ear
    application/vnd.android.package-archive apk
    application/x-ms-shortcut lnk
    application/x-msi msi msp mst
    application/x-chrome-extension crx
    application/vnd.debian.binary-package deb
    application/x-rpm rpm
    application/wasm wasm
    application/x-mswinurl url
    application/vnd.ms-htmlhelp chm`,
  script: `
    text/x-shellscript sh bash command
    text/x-script.python py pyw
    text/x-perl pl pm
    text/x-ruby rb
    text/x-php php phtml php5
    text/x-lua lua
    text/x-tcl tcl
    text/x-awk awk
    text/x-msdos-batch bat cmd
    text/vbscript vbs vbe wsf txt
    application/javascript js mjs cjs jse wsf
    text/x-powershell ps1 psm1 psd1
    text/x-mirc ini mrc txt
    application/x-wsf wsf wsc sct
    application/hta hta htm html
    text/x-ms-regedit reg
    application/x-setupscript inf`,
  document: `
    application/pdf pdf
    text/rtf rtf doc
    text/html html htm xhtml shtml mht
    application/msword doc dot wbk
    application/vnd.ms-excel xls xlt xla xlm
    application/vnd.ms-powerpoint ppt pps pot
    application/vnd.ms-outlook msg
    application/CDFV2
    application/vnd.openxmlformats-officedocument.wordprocessingml.document docx docm dotx dotm
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx xlsm xltx xltm xlsb xlam
    application/vnd.openxmlformats-officedocument.presentationml.presentation pptx pptm ppsx ppsm potx potm
    application/vnd.oasis.opendocument.text odt
    application/vnd.oasis.opendocument.spreadsheet ods
    application/vnd.oasis.opendocument.presentation odp
    application/vnd.oasis.opendocument.graphics odg
    application/epub+zip epub
    application/postscript ps eps ai
    application/onenote one`,
  archive: `
    application/zip zip
    application/x-rar rar
    application/x-7z-compressed 7z
    application/gzip gz tgz
    application/x-bzip2 bz2 tbz tbz2
    application/x-xz xz txz
    application/zstd zst tzst
    application/x-tar tar
    application/vnd.ms-cab-compressed cab
    application/x-lzh-compressed lzh lha
    application/x-arj arj
    application/x-ace ace
    application/x-iso9660-image iso img
    application/x-cpio cpio
    application/x-archive a lib ar
    application/x-apple-diskimage dmg
    application/x-compress Z
    application/x-lz4 lz4
    application/x-lzip lz`,
  media: `
    image/jpeg jpg jpeg jpe jfif
    image/png png
    image/gif gif
    image/bmp bmp dib
    image/webp webp
    image/tiff tif tiff
    image/svg+xml svg
    image/vnd.microsoft.icon ico cur
    image/vnd.adobe.photoshop psd
    image/heic heic
    image/avif avif
    audio/mpeg mp3 mpga
    audio/x-wav wav
    audio/flac flac
    audio/ogg ogg oga opus
    audio/midi mid midi
    audio/x-m4a m4a
    video/mp4 mp4 m4v
    video/x-msvideo avi
    video/x-matroska mkv
    video/webm webm
    video/quicktime mov
    video/x-flv flv
    video/mpeg mpg mpeg
    video/x-ms-asf wmv wma asf
    application/x-shockwave-flash swf
    font/woff woff
    font/woff2 woff2
    font/sfnt ttf otf`,
  text: `
    text/plain
    text/xml xml
    application/json json
    application/x-ndjson ndjson jsonl
    text/csv csv
    text/calendar ics
    text/vcard vcf
    text/x-c c h cpp cc
    text/x-java java
    text/x-diff diff patch
    message/rfc822 eml mht
    text/x-tex tex
    application/x-bittorrent torrent`,
  data: `
    application/octet-stream
    inode/x-empty
    application/vnd.sqlite3 sqlite db
    application/vnd.tcpdump.pcap pcap`,
};

const TYPES: ReadonlyMap<string, FileType> = new Map(
  (Object.entries(TABLE) as readonly [Family, string][]).flatMap(([family, rows]) =>
    rows
      .trim()
      .split('\n')
      .map((row): [string, FileType] => {
        const [mime = '', ...endings] = row.trim().split(' ');
        return [mime, { mime, family, endings }];
      }),
  ),
);

/** Other names of the same types, to the ones that libmagic 5.44 gives. */
const ALIASES: Readonly<Record<string, string>> = {
  'application/x-msdownload': 'application/x-dosexec',
  'application/x-elf': 'application/x-executable',
  'application/x-cfb': 'application/CDFV2',
  'application/rtf': 'text/rtf',
  'application/xml': 'text/xml',
  'application/x-rar-compressed': 'application/x-rar',
  'application/x-compression-zstd': 'application/zstd',
  'application/x-deb': 'application/vnd.debian.binary-package',
  'application/x-unix-archive': 'application/x-archive',
  'application/java-vm': 'application/x-java-applet',
  'application/x-mach-o': 'application/x-mach-binary',
  'application/x-sqlite3': 'application/vnd.sqlite3',
  'application/vnd.ms-asf': 'video/x-ms-asf',
  'application/x-lzh-compressed': 'application/x-lzh-compressed',
  'application/x.apple.diskimage': 'application/x-apple-diskimage',
  'image/x-icon': 'image/vnd.microsoft.icon',
  'image/x-ms-bmp': 'image/bmp',
  'image/vnd.adobe.photoshop': 'image/vnd.adobe.photoshop',
  'audio/wav': 'audio/x-wav',
  'audio/x-flac': 'audio/flac',
  'audio/x-midi': 'audio/midi',
  'audio/opus': 'audio/ogg',
  'video/vnd.avi': 'video/x-msvideo',
  'video/matroska': 'video/x-matroska',
  'font/ttf': 'font/sfnt',
  'font/otf': 'font/sfnt',
  'application/vnd.ms-fontobject': 'application/vnd.ms-fontobject',
  'text/javascript': 'application/javascript',
};

/** A type by its name; of an unknown one the name alone says what it is for. */
export function typeNamed(name: string): FileType {
  const mime = ALIASES[name] ?? name;
  return TYPES.get(mime) ?? { mime, family: familyOf(mime), endings: [] };
}

function familyOf(mime: string): Family {
  if (/^(?:image|audio|video|font)\//.test(mime)) return 'media';
  return mime.startsWith('text/') ? 'text' : 'data';
}
