import type { ServiceList } from '../api/types.ts';
import { NETWORK_WORDS } from '../api/words.ts';
import { Empty } from '../components/feedback.tsx';
import { count } from '../components/format.ts';
import { Rows } from '../components/rows-table.tsx';

const HEADS = ['Network', 'Accounts', 'Decoys', 'Contact lists each'] as const;

/** The services whose size was told. */
export function ServiceTable({ services }: Pick<ServiceList, 'services'>) {
  if (services.length === 0) return <Empty>None yet: forecasts count captures, not accounts.</Empty>;
  return (
    <Rows heads={HEADS}>
      {services.map(({ network, size }) => (
        <tr key={network}>
          <th scope="row">{NETWORK_WORDS[network]}</th>
          <td data-label="Accounts">{count(size?.population ?? 0)}</td>
          <td data-label="Decoys">{count(size?.decoys ?? 0)}</td>
          <td data-label="Contact lists each">{count(size?.lists ?? 0)}</td>
        </tr>
      ))}
    </Rows>
  );
}
