// What others do about near duplicates, on the same folded texts: the hash of the masked text, and MinHash over 5-grams
// with locality-sensitive hashing (16 bands of 3, similarity from 0.5), online.
import { maskText, withoutAddressee, withoutFillers } from '../../../src/analysis/fingerprint/mask.ts';
import { MINHASH_SIZE, minhash, similarity } from './minhash.ts';
import type { Item } from './set.ts';

const BANDS = 16;
const ROWS = MINHASH_SIZE / BANDS;
const NEAR = 0.5;

const maskedText = ({ analysis }: Item): string => withoutFillers(maskText(withoutAddressee(analysis.folded)));

/** One campaign a masked text. */
export function byExactMask(items: readonly Item[]): readonly string[] {
  return items.map(maskedText);
}

/** Each text joins the campaign of the most similar signature before it, if one is near enough. */
export function byMinHash(items: readonly Item[]): readonly string[] {
  const bands = new Map<string, { readonly id: string; readonly signature: Uint32Array }[]>();
  return items.map((item, at) => {
    const signature = minhash(maskedText(item));
    if (signature.length === 0) return `short ${maskedText(item)}`;
    const keys = Array.from({ length: BANDS }, (_value, band) =>
      [band, ...signature.subarray(band * ROWS, (band + 1) * ROWS)].join(' '),
    );
    let [id, most] = [`text ${at}`, NEAR];
    for (const held of new Set(keys.flatMap((key) => bands.get(key) ?? []))) {
      const near = similarity(held.signature, signature);
      if (near > most || (near === NEAR && most === NEAR)) [id, most] = [held.id, near];
    }
    const own = { id, signature };
    for (const key of keys) bands.set(key, [...(bands.get(key) ?? []), own]);
    return id;
  });
}
