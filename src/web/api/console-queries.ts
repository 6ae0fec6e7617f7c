// What the console reads. Everything that belongs to a realm has the realm in its key.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, type Query, withQuery } from './client.ts';
import type {
  AppealList,
  BulletinList,
  CampaignDetail,
  CampaignPage,
  CaptureDetail,
  CapturePage,
  DeadLetterList,
  DecoyList,
  Draft,
  DraftPage,
  EntryPage,
  ImAlertList,
  LedgerPage,
  MailState,
  Me,
  Realm,
  RestingEntries,
  RetractionList,
  ServiceList,
  SignalList,
  Status,
  SubscriberList,
  SuggestionPage,
  Threat,
  ThreatDiff,
  UserList,
  Warning,
  WarningPage,
} from './types.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => getJson<Me>('/api/v1/me', signal),
  staleTime: 60_000,
});

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => getJson<Status>('/api/v1/status', signal),
  refetchInterval: 5_000,
});

export const capturesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['captures', query],
    queryFn: ({ signal }) => getJson<CapturePage>(withQuery('/api/v1/captures', query), signal),
    placeholderData: keepPreviousData,
  });

export const captureQuery = (id: string, realm: Realm) =>
  queryOptions({
    queryKey: ['capture', realm, id],
    queryFn: ({ signal }) =>
      getJson<CaptureDetail>(withQuery(`/api/v1/captures/${encodeURIComponent(id)}`, { realm }), signal),
  });

export const campaignsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['campaigns', query],
    queryFn: ({ signal }) => getJson<CampaignPage>(withQuery('/api/v1/campaigns', query), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export const campaignQuery = (id: string, realm: Realm) =>
  queryOptions({
    queryKey: ['campaign', realm, id],
    queryFn: ({ signal }) =>
      getJson<CampaignDetail>(withQuery(`/api/v1/campaigns/${encodeURIComponent(id)}`, { realm }), signal),
  });

export const decoysQuery = queryOptions({
  queryKey: ['decoys'],
  queryFn: ({ signal }) => getJson<DecoyList>('/api/v1/decoys', signal),
  refetchInterval: 5_000,
});

export const consoleWarningQuery = (realm: Realm, id: string) =>
  queryOptions({
    queryKey: ['console-warning', realm, id],
    queryFn: ({ signal }) =>
      getJson<Warning>(withQuery(`/api/v1/console/warnings/${encodeURIComponent(id)}`, { realm }), signal),
    refetchInterval: 30_000,
  });

export const servicesQuery = queryOptions({
  queryKey: ['settings', 'forecast'],
  queryFn: ({ signal }) => getJson<ServiceList>('/api/v1/settings/forecast', signal),
});

export const mailSettingsQuery = queryOptions({
  queryKey: ['settings', 'mail'],
  queryFn: ({ signal }) => getJson<MailState>('/api/v1/settings/mail', signal),
});

export const imSettingsQuery = queryOptions({
  queryKey: ['settings', 'im'],
  queryFn: ({ signal }) => getJson<ImAlertList>('/api/v1/settings/im', signal),
});

export const subscribersQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['subscribers', realm],
    queryFn: ({ signal }) => getJson<SubscriberList>(withQuery('/api/v1/subscribers', { realm }), signal),
    refetchInterval: 10_000,
  });

export const bulletinsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['bulletins', realm],
    queryFn: ({ signal }) => getJson<BulletinList>(withQuery('/api/v1/console/bulletins', { realm }), signal),
  });

export const signalsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['signals', realm],
    queryFn: ({ signal }) => getJson<SignalList>(withQuery('/api/v1/console/signals', { realm, limit: 200 }), signal),
    refetchInterval: 60_000,
  });

export const deadLettersQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['dead-letters', realm],
    queryFn: ({ signal }) => getJson<DeadLetterList>(withQuery('/api/v1/dead-letters', { realm }), signal),
  });

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => getJson<UserList>('/api/v1/users', signal),
});

/** Newest first. @param before number of the journal where the page ends, 0 for the newest */
export const ledgerQuery = (realm: Realm, before: number) =>
  queryOptions({
    queryKey: ['ledger', realm, before],
    queryFn: ({ signal }) => getJson<LedgerPage>(withQuery('/api/v1/engagement/ledger', { realm, before }), signal),
    placeholderData: keepPreviousData,
  });

export const draftsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['drafts', realm],
    queryFn: ({ signal }) => getJson<DraftPage>(withQuery('/api/v1/drafts', { realm, limit: 200 }), signal),
    refetchInterval: 30_000,
  });

export const draftQuery = (campaign: string, realm: Realm) =>
  queryOptions({
    queryKey: ['draft', realm, campaign],
    queryFn: ({ signal }) =>
      getJson<Draft>(withQuery(`/api/v1/drafts/${encodeURIComponent(campaign)}`, { realm }), signal),
  });

export const suggestionsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['suggestions', realm],
    queryFn: ({ signal }) =>
      getJson<SuggestionPage>(withQuery('/api/v1/knowledge/suggestions', { realm, limit: 100 }), signal),
  });

/** Every entry of a realm, also those that are not for everybody. */
export const entriesQuery = (query: Query) =>
  queryOptions({
    queryKey: ['threats', 'entries', query],
    queryFn: ({ signal }) => getJson<EntryPage>(withQuery('/api/v1/console/threats', query), signal),
    placeholderData: keepPreviousData,
  });

/** An entry of a realm for editing: not fetched anew meanwhile, which would take the ground from under the form. */
export const entryQuery = (id: string, realm: Realm) =>
  queryOptions({
    queryKey: ['threat', id, 'entry', realm],
    queryFn: ({ signal }) => getJson<Threat>(withQuery(`/api/v1/threats/${encodeURIComponent(id)}`, { realm }), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0, // whoever comes back edits what is stored then
  });

export const threatDiffQuery = (id: string, from: number, to: number, realm: Realm) =>
  queryOptions({
    queryKey: ['threat', id, 'diff', from, to, realm],
    queryFn: ({ signal }) =>
      getJson<ThreatDiff>(withQuery(`/api/v1/threats/${encodeURIComponent(id)}/diff`, { from, to, realm }), signal),
  });

export const consoleWarningsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['console-warnings', realm],
    queryFn: ({ signal }) => getJson<WarningPage>(withQuery('/api/v1/console/warnings', { realm, limit: 100 }), signal),
    refetchInterval: 15_000,
  });

export const retractionsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['retractions', realm],
    queryFn: ({ signal }) => getJson<RetractionList>(withQuery('/api/v1/retractions', { realm }), signal),
    refetchInterval: 15_000,
  });

/** Entries that were published from what is to be retracted; an error where nothing is called so. */
export const restingEntriesQuery = (realm: Realm, target: string) =>
  queryOptions({
    queryKey: ['resting-entries', realm, target],
    queryFn: ({ signal }) =>
      getJson<RestingEntries>(withQuery('/api/v1/retractions/entries', { realm, target }), signal),
    retry: false,
  });

export const appealsQuery = (realm: Realm) =>
  queryOptions({
    queryKey: ['appeals', realm],
    queryFn: ({ signal }) => getJson<AppealList>(withQuery('/api/v1/appeals', { realm }), signal),
    refetchInterval: 15_000,
  });
