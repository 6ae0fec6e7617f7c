import { Button, Radio } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { Accepted, MessageKind } from '../api/types.ts';
import { MESSAGE_KIND_WORDS } from '../api/words.ts';
import { Done, Failure } from '../components/feedback.tsx';
import '@mantine/core/styles/Radio.css'; // here alone: no other page has one
import './stop-form.css';

interface StopFormProps {
  readonly token: string;
  /** What still comes, at least one. */
  readonly kinds: readonly MessageKind[];
  /** What the link was about. */
  readonly only: MessageKind | undefined;
}

/** One button; with more than one kind of message a choice of what is to end. */
export function StopForm({ token, kinds, only }: StopFormProps) {
  const several = kinds.length > 1;
  const [chosen, setChosen] = useState<MessageKind | undefined>(
    several ? kinds.find((kind) => kind === only) : undefined,
  );
  const post = useMutation({
    mutationFn: () =>
      sendJson<Accepted>('POST', '/api/v1/subscribers/stop', {
        token,
        ...(chosen === undefined ? {} : { only: chosen }),
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    post.mutate();
  };
  if (post.isSuccess) return <Done>{post.data.message}</Done>;
  return (
    <form className="sd-form" onSubmit={submit}>
      {several ? (
        <Radio.Group
          label="What shall end"
          value={chosen ?? 'all'}
          onChange={(value) => setChosen(kinds.find((kind) => kind === value))}
        >
          <div className="sd-stop-choices">
            <Radio value="all" label="Everything" />
            {kinds.map((kind) => (
              <Radio key={kind} value={kind} label={`${MESSAGE_KIND_WORDS[kind]} only`} />
            ))}
          </div>
        </Radio.Group>
      ) : null}
      {post.isError ? <Failure error={post.error} /> : null}
      <Button type="submit" loading={post.isPending}>
        {chosen === undefined ? 'Stop everything' : `Stop: ${MESSAGE_KIND_WORDS[chosen]}`}
      </Button>
      <p className="sd-soft sd-small">
        This link can only end messages. To get more, or others, <Link to="/subscribe">subscribe</Link> anew: the
        address is asked again.
      </p>
    </form>
  );
}
