import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiFailure } from '../api/client.ts';
import { Failure, Loading } from './feedback.tsx';

interface AnswerProps<T> {
  readonly of: UseQueryResult<T>;
  /** What is being loaded, as a noun. */
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

/** Shows a query: waiting, failed, or its data. Data that is there stays while a later refresh fails, with a note. */
export function Answer<T>({ of, what, children }: AnswerProps<T>) {
  const { data, error, refetch } = of;
  const retry = () => {
    void refetch();
  };
  // What is not there any more is not shown any more: it may have been taken back.
  const gone = error instanceof ApiFailure && error.status === 404;
  if (data === undefined || gone)
    return error === null ? <Loading what={what} /> : <Failure error={error} retry={retry} />;
  return (
    <>
      {error === null ? null : <Failure error={error} retry={retry} />}
      {children(data)}
    </>
  );
}
