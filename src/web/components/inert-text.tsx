import './inert-text.css';
import { inertSegments, shorten, stretches } from './inert.ts';

interface InertTextProps {
  readonly text: string;
  /** `block` keeps line breaks; `line` is one line, cut by the box. */
  readonly as?: 'block' | 'line';
  readonly max?: number;
  /** Pieces of the text to point out where they stand. */
  readonly pointOut?: readonly string[];
}

/** Captured text, shown as text nodes only: no link, no markup, isolated from the direction of what is around it. */
export function InertText({ text, as = 'line', max, pointOut = [] }: InertTextProps) {
  const { shown, hidden } = shorten(text, max);
  const parts = stretches(shown, pointOut).map(({ from, text: stretch, pointedOut }) =>
    pointedOut ? (
      <mark key={from} className="sd-inert-point">
        <Segments text={stretch} />
      </mark>
    ) : (
      <Segments key={from} text={stretch} />
    ),
  );
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

function Segments({ text }: { readonly text: string }) {
  let at = 0;
  return inertSegments(text).map((part) => {
    const key = at;
    at += part.kind === 'text' ? part.text.length : 1;
    if (part.kind === 'text') return <span key={key}>{part.text}</span>;
    return (
      <span key={key} className="sd-inert-mark" title={part.code}>
        {part.label}
      </span>
    );
  });
}
