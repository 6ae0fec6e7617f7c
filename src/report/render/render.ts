// A report in the form that is asked for.
import type { Report } from '../model.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';

export interface RenderedReport {
  readonly type: string;
  /** Of a file to save it in. */
  readonly name: string;
  readonly text: string;
}

export function renderReport(report: Report, format: 'html' | 'markdown'): RenderedReport {
  const name = `sundew-${report.kind}-${report.period.id}`;
  return format === 'html'
    ? { type: 'text/html; charset=utf-8', name: `${name}.html`, text: renderHtml(report) }
    : { type: 'text/markdown; charset=utf-8', name: `${name}.md`, text: renderMarkdown(report) };
}
