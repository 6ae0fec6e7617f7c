// Letters that look like Latin ones, as one table over the Basic Multilingual Plane: those of Unicode (UTS 39 confusables,
// canonical decompositions), and before them pairs of our own, chosen for what senders really use: whole alphabets of
// Cyrillic and Greek, so that a text half in each folds alike, small capitals, IPA. Full-width and mathematical letters are
// folded by NFKC before.
import { CONFUSABLES } from './confusables.ts';

const PAIRS: readonly (readonly [from: string, to: string])[] = [
  ['абвгеёзикмнопрстухчьѕіјѡԁһԛԝӏүґєїѵв', 'abbreeзukmhonpctyxчbsijwdhqwlyreivb'],
  ['αβγεζηικνορστυχωϲϳ', 'abyeznikvopctuxwcj'],
  ['ıȷɑɡɩɪɴʀʏʟɢʜɛɔɾʋᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱꜰƅƒɓɖɗɠɦɨɬɯɱɲʂʈʉʐʌ', 'ijagiinrylghecruacdejkmoptuvwzsfbfbddghilwmnstuzv'],
  ['ßøœæłđðþħŧŋ', 'soealddphtn'],
  ['օսցհոքԍ', 'oughnqg'],
  // An everyday letter of Russian that no Latin text borrows: it stays.
  ['ш', 'ш'],
];

/** Marks and digits that are no letters but stand for one: typographic quotes and dashes become plain ones. */
const SIGNS: readonly (readonly [from: string, to: string])[] = [
  ['‘’‚‛ʼ´`', "'''''''"],
  ['“”„«»', '"""""'],
  ['‐‑‒–—−⁃', '-------'],
  ['。', '.'],
];

// Letters of scripts whose marks are part of the letter are left alone; these ranges are folded to their base letter.
const MARKED: readonly (readonly [from: number, to: number])[] = [
  [0x00c0, 0x024f],
  [0x0370, 0x052f],
  [0x1e00, 0x1fff],
];

function build(): Uint16Array {
  const table = new Uint16Array(0x1_0000);
  for (let code = 0; code < table.length; code++) table[code] = code;
  for (const [from, to] of [CONFUSABLES, ...PAIRS, ...SIGNS]) {
    for (let at = 0; at < from.length; at++) table[from.charCodeAt(at)] = to.charCodeAt(at);
  }
  for (const [first, last] of MARKED) {
    for (let code = first; code <= last; code++) {
      const base = String.fromCharCode(code).normalize('NFD').charCodeAt(0);
      if (base !== code) table[code] = table[base] ?? base;
    }
  }
  return table;
}

/** UTF-16 code unit to the code unit it is folded to; identity where nothing looks alike. Input is lower case and NFKC. */
export const LOOK_ALIKES: Uint16Array = build();
