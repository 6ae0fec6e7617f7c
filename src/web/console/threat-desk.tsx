import { MergeForm } from './merge-form.tsx';
import type { EntryAtDesk } from './move-form.tsx';
import { RevisionsPanel } from './revisions-panel.tsx';
import { SplitForm } from './split-form.tsx';

/** What an analyst does with whole entries: compares revisions, merges, splits. */
export function ThreatDesk({ threat, unsaved }: EntryAtDesk) {
  return (
    <>
      <RevisionsPanel threat={threat} />
      <SplitForm threat={threat} unsaved={unsaved} />
      <MergeForm threat={threat} unsaved={unsaved} />
    </>
  );
}
