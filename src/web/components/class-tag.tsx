import type { VerdictClass } from '../api/types.ts';
import { CLASS_WORDS } from '../api/words.ts';
import { Tag } from './tag.tsx';

/** What analysis took it for. */
export function ClassTag({ value }: { readonly value: VerdictClass }) {
  return <Tag>{CLASS_WORDS[value]}</Tag>;
}
