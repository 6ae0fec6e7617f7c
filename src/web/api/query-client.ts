import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './client.ts';

const MAX_RETRIES = 2;

/** A cache that tries again when the server is away, and not when it said no. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) =>
          failures < MAX_RETRIES && (!(error instanceof ApiFailure) || error.status === 0 || error.status >= 502),
      },
      mutations: { retry: false },
    },
  });
}
