import type { ReactNode } from 'react';
import './tag.css';

export type Tone = 'neutral' | 'blue' | 'green' | 'yellow' | 'orange' | 'red';

interface TagProps {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}

/** A word in a box. */
export function Tag({ tone = 'neutral', children, title }: TagProps) {
  return (
    <span className={`sd-tag sd-tone-${tone}`} title={title}>
      {children}
    </span>
  );
}
