import './inert-text.css';
import { inertSegments, shorten } from './inert.ts';

interface InertTextProps {
  readonly text: string;
  /** `block` keeps line breaks; `line` is one line, cut by the box. */
  readonly as?: 'block' | 'line';
  readonly max?: number;
}

/** Captured text, shown as text nodes only: no link, no markup, isolated from the direction of what is around it. */
export function InertText({ text, as = 'line', max }: InertTextProps) {
  const { shown, hidden } = shorten(text, max);
  let at = 0;
  const parts = inertSegments(shown).map((part) => {
    const key = at;
    at += part.kind === 'text' ? part.text.length : 1;
    if (part.kind === 'text') return <span key={key}>{part.text}</span>;
    return (
      <span key={key} className="sd-inert-mark" title={part.code}>
        {part.label}
      </span>
    );
  });
  const rest = hidden === 0 ? null : <span className="sd-inert-rest"> … {hidden} more characters</span>;
  if (as === 'block') {
    return (
      <pre className="sd-inert sd-inert-block" dir="auto">
        {parts}
        {rest}
      </pre>
    );
  }
  return (
    <code className="sd-inert" dir="auto">
      {parts}
      {rest}
    </code>
  );
}
