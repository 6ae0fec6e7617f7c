import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import { servicesQuery } from '../api/console-queries.ts';
import type { Network, ServiceList, ServiceSize } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import './decoys.css';

const FIELDS = [
  ['population', 'Accounts', 'that can be infected there'],
  ['decoys', 'Decoys', 'addresses of yours there'],
  ['lists', 'Contact lists', 'that each decoy stands on'],
] as const;

interface ServiceFormProps {
  readonly network: Network;
  readonly size: ServiceSize | undefined;
}

/** Three numbers, or none of them. */
export function ServiceForm({ network, size }: ServiceFormProps) {
  const client = useQueryClient();
  const [values, setValues] = useState({
    population: String(size?.population ?? ''),
    decoys: String(size?.decoys ?? ''),
    lists: String(size?.lists ?? ''),
  });
  const save = useMutation({
    mutationFn: (told: ServiceSize | undefined) =>
      sendJson<ServiceList>('PUT', `/api/v1/settings/forecast/${network}`, told === undefined ? {} : { size: told }),
    onSuccess: (list) => client.setQueryData(servicesQuery.queryKey, list),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { population, decoys, lists } = values;
    save.mutate({ population: Number(population), decoys: Number(decoys), lists: Number(lists) });
  };
  const forget = () => {
    setValues({ population: '', decoys: '', lists: '' });
    save.mutate(undefined);
  };
  return (
    <form className="sd-form-wide" onSubmit={submit}>
      <div className="sd-form-grid">
        {FIELDS.map(([field, label, description]) => (
          <TextInput
            key={field}
            label={label}
            description={description}
            inputMode="numeric"
            pattern="[1-9][0-9]{0,9}"
            required
            value={values[field]}
            onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value.trim() })}
          />
        ))}
      </div>
      {save.isError ? <Failure error={save.error} /> : null}
      {save.isSuccess ? <Done>Saved: it counts from the next forecast on.</Done> : null}
      <div className="sd-row">
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
        {size === undefined ? null : (
          <Button type="button" variant="default" onClick={forget} disabled={save.isPending}>
            Forget
          </Button>
        )}
      </div>
    </form>
  );
}
