// What the public pages read.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, type Query, sendJson, withQuery } from './client.ts';
import type {
  Board,
  DraftViews,
  ForecastScores,
  Mailbox,
  Report,
  ReportPeriodList,
  River,
  SubscribedKinds,
  Threat,
  ThreatGraph,
  ThreatPage,
  Warning,
  WarningPage,
} from './types.ts';

export const BOARD_KEY = ['board'] as const;
/** How many touches and warnings the river starts with. */
const RIVER_START = 60;

export const boardQuery = queryOptions({
  queryKey: BOARD_KEY,
  queryFn: ({ signal }) => getJson<Board>('/api/v1/board', signal),
  refetchInterval: 30_000,
});

export const riverQuery = queryOptions({
  queryKey: ['river'],
  queryFn: ({ signal }) => getJson<River>(withQuery('/api/v1/river', { limit: RIVER_START }), signal),
});

export const warningsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['warnings', query],
    queryFn: ({ signal }) => getJson<WarningPage>(withQuery('/api/v1/warnings', query), signal),
  });

export const warningQuery = (id: string) =>
  queryOptions({
    queryKey: ['warning', id],
    queryFn: ({ signal }) => getJson<Warning>(`/api/v1/warnings/${encodeURIComponent(id)}`, signal),
    refetchInterval: 30_000,
  });

export const forecastsQuery = queryOptions({
  queryKey: ['forecasts'],
  queryFn: ({ signal }) => getJson<ForecastScores>('/api/v1/forecasts', signal),
  refetchInterval: 60_000,
});

export const reportPeriodsQuery = queryOptions({
  queryKey: ['reports'],
  queryFn: ({ signal }) => getJson<ReportPeriodList>('/api/v1/reports', signal),
});

/** In the body, not in the address: addresses are written into logs. */
export const kindsToStopQuery = (token: string) =>
  queryOptions({
    queryKey: ['kinds-to-stop', token],
    queryFn: () => sendJson<SubscribedKinds>('POST', '/api/v1/subscribers/kinds', { token }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const reportQuery = (period: string, bulletin: boolean) =>
  queryOptions({
    queryKey: ['report', period, bulletin],
    queryFn: ({ signal }) =>
      getJson<Report>(
        withQuery(`/api/v1/reports/${encodeURIComponent(period)}`, { bulletin: bulletin || undefined }),
        signal,
      ),
    staleTime: 60_000,
  });

export const threatsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['threats', query],
    queryFn: ({ signal }) => getJson<ThreatPage>(withQuery('/api/v1/threats', query), signal),
    placeholderData: keepPreviousData,
  });

export const threatQuery = (id: string) =>
  queryOptions({
    queryKey: ['threat', id],
    queryFn: ({ signal }) => getJson<Threat>(`/api/v1/threats/${encodeURIComponent(id)}`, signal),
    refetchInterval: 30_000, // an open page must not go on showing what was retracted
  });

export const mailboxQuery = queryOptions({
  queryKey: ['mailbox'],
  queryFn: ({ signal }) => getJson<Mailbox>('/api/v1/demo/mailbox', signal),
  refetchInterval: 5_000,
});

export const threatGraphQuery = (id: string) =>
  queryOptions({
    queryKey: ['threat', id, 'graph'],
    queryFn: ({ signal }) => getJson<ThreatGraph>(`/api/v1/threats/${encodeURIComponent(id)}/graph`, signal),
  });

export const underReviewQuery = queryOptions({
  queryKey: ['under-review'],
  queryFn: ({ signal }) => getJson<DraftViews>('/api/v1/under-review', signal),
  refetchInterval: 60_000,
});
