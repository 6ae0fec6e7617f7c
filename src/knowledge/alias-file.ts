// Some threats are known by the file they send.

/** Names that ordinary programs carry too: no signature of their own. */
const ORDINARY = new Set([
  'hello.exe',
  'setup.exe',
  'install.exe',
  'update.exe',
  'game.exe',
  'script.ini',
  'photo.zip',
]);
const FILE = /^[\w-]{4,64}(?:\.[\w-]{1,32}){0,3}\.(?:exe|pif|scr|bat|cmd|vbs|zip|rar|shs|lnk|msi)\b/i;

/** The folded file name that an alias is, or begins with; `undefined` when it is none or too ordinary. */
export function fileNameOfAlias(alias: string): string | undefined {
  const found = FILE.exec(alias.slice(0, 200))?.[0].toLowerCase();
  return found === undefined || ORDINARY.has(found) || found.includes('xxxx') ? undefined : found;
}
