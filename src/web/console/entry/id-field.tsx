import { Panel } from '../../components/panel.tsx';
import { TextField } from '../../form/fields.tsx';

/** The id that an entry gets, for good. */
export function IdField({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  return (
    <Panel title="Id of the entry">
      <div className="sd-form">
        <TextField
          path="id"
          label="Id"
          hint="channel.family.network, as im.kelvir.msn; it stays for good"
          required
          value={value}
          onChange={onChange}
        />
      </div>
    </Panel>
  );
}
