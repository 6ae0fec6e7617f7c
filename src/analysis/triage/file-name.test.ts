import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileEnding, triageFile } from './file-name.ts';

describe('triageFile', () => {
  it.each([
    ['a double ending', { name: 'photo.jpg.scr' }, 2, 'behind the name of a .jpg file'],
    ['a lure ending', { name: 'game.pif' }, 2, '.pif runs when opened'],
    ['a name that reads backwards', { name: 'invoice_\u202efdp.exe' }, 2, 'direction controls'],
    ['a hidden ending', { name: `holiday.gif${' '.repeat(60)}.exe` }, 2, 'spaces'],
    ['a program offered as a picture', { name: 'me.exe', type: 'image/jpeg' }, 2, 'offered as image'],
    ['trailing dots', { name: 'photo.jpg.scr. .' }, 2, 'behind the name of a .jpg'],
    ['a plain program', { name: 'setup.exe' }, 1, 'is a program'],
    ['an archive dressed up', { name: 'pics.jpg.zip' }, 1, 'archive'],
  ] as const)('sees %s', (_name, file, level, reason) => {
    const triage = triageFile(file);
    expect(triage.level).toBe(level);
    expect(triage.reasons.join('; ')).toContain(reason);
  });

  it.each(['photo.jpg', 'README', 'notes.tar.gz', 'v1.2.pdf', '', '...', 'my.holiday.2026.mp4'])(
    'lets %j pass',
    (name) => {
      expect(triageFile({ name })).toEqual({ level: 0, reasons: [] });
    },
  );

  it('takes any name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => triageFile({ name }).level >= 0));
    expect(fileEnding('.'.repeat(100_000)).kind).toBe('plain');
  });
});
