import { lazy, Suspense } from 'react';

const MarkdownText = lazy(async () => ({ default: (await import('./markdown-text.tsx')).MarkdownText }));

/** A write-up in Markdown (CommonMark). Until the reader for it is there, and without one, its source is shown. */
export function Markdown({ source }: { readonly source: string }) {
  return (
    <Suspense fallback={<p className="sd-source">{source}</p>}>
      <MarkdownText source={source} />
    </Suspense>
  );
}
