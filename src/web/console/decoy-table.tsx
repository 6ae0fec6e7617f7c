import type { DecoyStatus } from '../api/types.ts';
import { RowsTable } from '../components/rows-table.tsx';
import { DecoyRow } from './decoy-row.tsx';

const HEADS = [
  'Decoy',
  'State',
  'Level',
  { word: 'Captures', as: 'number' },
  'Last capture',
  { word: 'Actions', as: 'hidden' },
] as const;

/** Decoys as rows. */
export function DecoyTable({ decoys }: { readonly decoys: readonly DecoyStatus[] }) {
  return (
    <RowsTable heads={HEADS}>
      {decoys.map((decoy) => (
        <DecoyRow key={decoy.name} decoy={decoy} />
      ))}
    </RowsTable>
  );
}
