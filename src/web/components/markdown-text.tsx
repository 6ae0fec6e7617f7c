import ReactMarkdown, { type Components } from 'react-markdown';
import './markdown.css';

// Raw HTML is never made into elements, pictures are never fetched (they would tell who reads), and a link leads to the web
// only, with its address in sight. Headings stand below those of the panel.
const PARTS: Components = {
  h1: 'h3',
  h2: 'h4',
  h3: 'h5',
  h4: 'h6',
  h5: 'h6',
  img: ({ alt }) => (
    <span>{alt === undefined || alt === '' ? '(picture left out)' : `(picture left out: ${alt})`}</span>
  ),
  a: ({ href = '', children }) =>
    /^https?:\/\//i.test(href) ? (
      <a href={href} rel="noopener noreferrer nofollow" title={href}>
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
};

/** Markdown as elements. */
export function MarkdownText({ source }: { readonly source: string }) {
  return (
    <div className="sd-prose sd-markdown">
      <ReactMarkdown components={PARTS} skipHtml>
        {source}
      </ReactMarkdown>
    </div>
  );
}
