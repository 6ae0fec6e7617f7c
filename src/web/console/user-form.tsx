import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { Accepted, NewUser } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';
import './decoys.css';

const MIN_PASSWORD = 12;
const ROLES = ['analyst', 'admin'] as const;
const ROLE_WORDS = { analyst: 'Analyst: sees and edits', admin: 'Admin: also decoys, mail, users' } as const;
const EMPTY: NewUser = { name: '', email: '', role: 'analyst', password: '' };

/** Somebody else who may sign in. The password is handed over by other means. */
export function UserForm() {
  const client = useQueryClient();
  const [user, setUser] = useState<NewUser>(EMPTY);
  const set = (part: Partial<NewUser>) => setUser((before) => ({ ...before, ...part }));
  const add = useMutation({
    mutationFn: (body: NewUser) => sendJson<Accepted>('POST', '/api/v1/users', body),
    onSuccess: () => {
      setUser(EMPTY);
      return client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ ...user, name: user.name.trim(), email: user.email.trim() });
  };
  return (
    <form className="sd-form-wide" onSubmit={submit}>
      <div className="sd-form-grid">
        <TextInput
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          value={user.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="E-mail address"
          type="email"
          required
          autoComplete="off"
          value={user.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <NativeSelect
          label="Role"
          value={user.role}
          data={ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }))}
          onChange={(event) => set({ role: event.currentTarget.value === 'admin' ? 'admin' : 'analyst' })}
        />
        <PasswordInput
          label={`First password (${MIN_PASSWORD} characters or more)`}
          required
          minLength={MIN_PASSWORD}
          maxLength={200}
          autoComplete="new-password"
          value={user.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
      </div>
      {add.isError ? <Failure error={add.error} /> : null}
      {add.isSuccess ? <Done>{add.data.message}</Done> : null}
      <div>
        <Button type="submit" loading={add.isPending}>
          Add user
        </Button>
      </div>
    </form>
  );
}
