import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sendJson } from '../api/client.ts';
import type { Accepted } from '../api/types.ts';
import { Done, Failure } from '../components/feedback.tsx';

interface TokenFormProps {
  readonly path: string;
  readonly token: string;
  readonly action: string;
}

/** One button that posts a token. Opening the page does nothing: mail scanners open every link. */
export function TokenForm({ path, token, action }: TokenFormProps) {
  const post = useMutation({ mutationFn: () => sendJson<Accepted>('POST', path, { token }) });
  if (post.isSuccess) return <Done>{post.data.message}</Done>;
  return (
    <div className="sd-form">
      {post.isError ? <Failure error={post.error} /> : null}
      <Button loading={post.isPending} onClick={() => post.mutate()}>
        {action}
      </Button>
    </div>
  );
}
