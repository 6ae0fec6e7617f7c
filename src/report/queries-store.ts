// The frozen queries of the report. `:from` and `:to` are the period, `:delay` what the public waits for text and hosts.
// What stands here is what runs and what the report shows: a reader with the database can run it again.

/**
 * Which decoys were touched, as a set of 31 marks: its size is at most the number of decoys, and sets of parts can be united.
 * What fewer than three decoys saw is not told to outsiders (`disclosure.ts`).
 */
const SPREAD = 'bit_or(1 << abs(hashtext(decoy) % 31)) as spread';

/** A capture's own columns are counted in one pass; tables of it are sums of this (`roll-up.ts`). */
const TOUCHES = `select network, class,
  case when kind = 'report' then 'handed in by a person'
    when kind = 'malformed' or class = 'exploit' then 'flaw of a client'
    when kind in ('file', 'file-offer') then 'file'
    when indicators @? '$[*] ? (@.type == "url" || @.type == "domain" || @.type == "invite" || @.type == "onion")' then 'link'
    when kind in ('message', 'group-invite') then 'words alone'
    else 'other contact' end as vector,
  coalesce(language, 'not recognised') as language, count(*) as captures, ${SPREAD}
from capture where at >= :from and at < :to
group by 1, 2, 3, 4`;

/** What was taken back counts no more, nor does what it was merged into. */
const STANDS = `not exists (select from retraction x left join campaign m on m.id = x.target
    where x.kind = 'campaign' and x.undone_at is null and w.campaign in (x.target, m.merged_into))`;

/** Warnings that were told to be one in the period: by capture time, advance notices and retracted ones aside. */
const RAISED = `raised as (
  select w.campaign, w.id, w.class, w.severity, w.networks, w.captures, w.decoys, f.warned_at, f.priority, f.contagious, f.known_at_once
  from warning w join lateral (
    select min(r.at) filter (where r.record ->> 'kind' <> 'advance-notice') as warned_at,
      bool_or(r.record ->> 'kind' = 'priority') as priority,
      bool_or(coalesce(r.record ->> 'propagation', '') = 'self-propagating') as contagious,
      (array_agg(r.record -> 'threat' is not null order by r.revision))[1] as known_at_once
    from warning_revision r where r.campaign = w.campaign) f on true
  where w.updated_at >= :from and w.at < :to and f.warned_at >= :from and f.warned_at < :to
    and ${STANDS})`;

/** Families that captures of the period matched. */
const MET = `met as (
  select threat, count(*) as captures, string_agg(distinct network, ', ') as networks, min(at) as first_seen,
    max(at) as last_seen, ${SPREAD}
  from capture cross join unnest(threats) threat where at >= :from and at < :to and threats <> '{}' group by 1)`;

const LEAD = `with ${RAISED},
times as (
  select extract(epoch from r.warned_at - c.first_seen) / 60 as to_warning,
    extract(epoch from told.at - r.warned_at) / 60 as to_alert,
    extract(epoch from told.at - c.first_seen) / 60 as touch_to_alert,
    greatest(0, extract(epoch from greatest(c.first_seen + :delay, third.first_seen) - r.warned_at) / 60) as to_public
  from raised r join campaign c on c.id = r.campaign
  left join lateral (select d.first_seen from campaign_decoy d where d.campaign = r.campaign
    order by d.first_seen offset 2 limit 1) third on third.first_seen is not null
  left join lateral (select min(d.sent_at) as at from delivery d join alert a on a.id = d.alert
    where d.warning = r.id and d.state = 'sent' and a.created_at < r.warned_at + interval '1 day') told on true)`;

export const QUERIES = {
  first: { title: 'First capture of all', sql: 'select min(at) as first from capture' },
  days: {
    title: 'Captures a day',
    sql: `select to_char(day, 'YYYY-MM-DD') as day, captures, spread from (
  select date_bin('1 day', at, timestamptz '2000-01-01Z') as day, count(*) as captures, ${SPREAD}
  from capture where at >= :from and at < :to group by 1) counted order by 1`,
  },
  touches: { title: 'Captures by network, class, vector and language', sql: TOUCHES },
  touched: {
    title: 'Decoys touched',
    sql: `select network, decoy, count(*) as captures, max(at) as last_seen
from capture where at >= :from and at < :to group by 1, 2 order by 3 desc, 1, 2`,
  },
  campaigns: {
    title: 'Campaigns that began in the period',
    sql: `select count(*) as campaigns, count(*) filter (where cardinality(networks) > 1) as several_networks,
  count(*) filter (where threats <> '{}') as variants, count(*) filter (where threats = '{}') as unknown,
  count(*) filter (where decoys >= 3) as spread_campaigns, count(*) filter (where decoys >= 3 and threats <> '{}') as spread_variants,
  count(*) filter (where decoys >= 3 and threats = '{}') as spread_unknown
from campaign where first_seen >= :from and first_seen < :to and merged_into is null
  and class not in ('benign', 'unknown', 'recon')`,
  },
  warnings: {
    title: 'Warnings raised in the period',
    sql: `with ${RAISED}
select count(*) as raised, count(*) filter (where priority) as priority, count(*) filter (where severity >= 4) as severe,
  count(*) filter (where contagious) as contagious, count(*) filter (where cardinality(networks) > 1) as several_networks,
  count(*) filter (where known_at_once) as known_at_once
from raised`,
  },
  'warning-classes': {
    title: 'Warnings raised, by class',
    sql: `with ${RAISED}
select class, count(*) as warnings, count(*) filter (where severity >= 4) as severe
from raised group by 1 order by 2 desc, 1`,
  },
  largest: {
    title: 'Largest campaigns that were warned of',
    sql: `with ${RAISED}
select r.id, w.record, r.captures, r.decoys, r.severity from raised r join warning w using (campaign)
order by r.captures desc, r.id limit 10`,
  },
  families: {
    title: 'Known families met',
    sql: `with ${MET}
select t.id, t.name, t.type, coalesce(t.entry ->> 'tlp', 'clear') as tlp, m.captures, m.networks, m.first_seen,
  m.last_seen, m.spread,
  coalesce(jsonb_array_length(t.entry -> 'variants'), 0) as variants
from met m join threat t on t.id = m.threat order by m.captures desc, t.id limit 15`,
  },
  techniques: {
    title: 'Techniques of the families met',
    sql: `with ${MET}
select technique ->> 'id' as id, technique ->> 'name' as technique, count(*) as families,
  sum(m.captures)::bigint as captures, bit_or(m.spread) as spread
from met m join threat t on t.id = m.threat and t.entry ->> 'tlp' = 'clear'
  cross join jsonb_array_elements(t.entry -> 'techniques') technique
group by 1, 2 order by 4 desc, 1 limit 12`,
  },
  lead: {
    title: 'Lead times in minutes',
    sql: `${LEAD}
select step, count(minutes) as warnings, percentile_cont(0.5) within group (order by minutes) as median,
  percentile_cont(0.9) within group (order by minutes) as ninth
from times cross join lateral (values (1, 'first touch to warning', to_warning), (2, 'warning to alert', to_alert),
  (3, 'first touch to alert', touch_to_alert), (4, 'warning to public', to_public)) as v(nth, step, minutes)
group by nth, step order by nth`,
  },
  'lead-spread': {
    title: 'Warnings by time from the first touch',
    sql: `${LEAD}
select upto as within, count(*) filter (where to_warning > above and to_warning <= below) as warned,
  count(*) filter (where touch_to_alert > above and touch_to_alert <= below) as alerted
from times right join (values (1, '1 min', -1e9, 1), (2, '5 min', 1, 5), (3, '15 min', 5, 15), (4, '1 h', 15, 60), (5, '6 h', 60, 360),
  (6, '24 h', 360, 1440), (7, 'longer', 1440, 1e12)) as v(nth, upto, above, below) on true
group by nth, upto order by nth`,
  },
  forecasts: {
    title: 'Forecasts, by horizon',
    sql: `select ahead_min, count(*) filter (where made_at >= :from and made_at < :to) as made,
  count(scored_at) filter (where due_at >= :from and due_at < :to) as scored,
  100.0 * avg((came between low and high)::int) filter (where due_at >= :from and due_at < :to) as held,
  percentile_cont(0.5) within group (order by log2_error) filter (where due_at >= :from and due_at < :to) as error,
  avg(interval_score) filter (where due_at >= :from and due_at < :to) as interval_score
from forecast where made_at < :to and due_at >= :from group by 1 order by 1`,
  },
  'warning-kinds': {
    title: 'What was said of warnings, by kind',
    sql: `select record ->> 'kind' as kind, count(*) as said, count(*) filter (where notify) as told
from warning_revision where at >= :from and at < :to and record ->> 'kind' <> 'advance-notice' group by 1 order by 2 desc, 1`,
  },
  alerts: {
    title: 'Alerts sent to subscribers',
    sql: `select count(distinct a.id) as alerts, count(distinct a.id) filter (where a.change = 'corrected') as corrections,
  count(d.id) as deliveries, count(d.id) filter (where d.state = 'sent') as sent,
  count(d.id) filter (where d.state in ('failed', 'expired')) as failed, count(d.acked_at) as acknowledged,
  percentile_cont(0.5) within group (order by extract(epoch from d.acked_at - d.sent_at) / 60) as ack_minutes
from alert a left join delivery d on d.alert = a.id where a.created_at >= :from and a.created_at < :to`,
  },
  corrections: {
    title: 'What was taken back or corrected',
    sql: `select (select count(*) from retraction where kind = 'campaign' and at >= :from and at < :to) as warnings,
  (select count(*) from retraction where kind = 'indicator' and at >= :from and at < :to) as indicators,
  (select count(*) from retraction where undone_at >= :from and undone_at < :to) as undone,
  (select count(*) from appeal where at >= :from and at < :to) as appeals,
  (select count(*) from verdict_correction where at >= :from and at < :to) as verdicts,
  (select count(*) from verdict_correction where at >= :from and at < :to and class = 'benign') as harmless`,
  },
  subscribers: {
    title: 'Subscribers at the end, by channel',
    sql: `select channel, count(*) filter (where stopped_at is null or stopped_at >= :to) as subscribers,
  count(*) filter (where confirmed_at >= :from) as joined, count(*) filter (where stopped_at >= :from and stopped_at < :to) as stopped
from subscriber where confirmed_at < :to group by 1 order by 1`,
  },
  sources: {
    title: 'Knowledge taken in from others',
    sql: `select origin, count(*) as sources from knowledge_source where imported_at >= :from and imported_at < :to group by 1 order by 1`,
  },
  going: {
    title: 'Warnings with captures in the last seven days of the period',
    sql: `select id, record, captures, decoys, severity from warning w
where ${STANDS} and last_seen >= :to - interval '7 days' and at < :to and updated_at >= :from and kind <> 'advance-notice'
order by severity desc, last_seen desc, id limit 10`,
  },
  signals: {
    title: 'Signals beside single campaigns, by rule',
    sql: `select rule, count(*) as signals from signal where firm and at >= :from and at < :to group by 1 order by 2 desc, 1`,
  },
  silences: {
    title: 'What fell silent',
    sql: `select subject, network, at, reason from signal
where rule = 'silence' and firm and at >= :from and at < :to order by at desc, id limit 20`,
  },
  gaps: {
    title: 'Days without any capture',
    sql: `select to_char(day at time zone 'UTC', 'YYYY-MM-DD') as day
from generate_series(greatest(:from, (select min(at) from capture)), :to - interval '1 second', interval '1 day') day
where not exists (select from capture where at >= greatest(:from, date_trunc('day', day, 'UTC'))
  and at < least(:to, date_trunc('day', day, 'UTC') + interval '1 day'))`,
  },
  'dead-letters': {
    title: 'Captures that could not be taken in',
    sql: 'select count(*) as captures from dead_letter where at >= :from and at < :to',
  },
} as const;

export type QueryId = keyof typeof QUERIES;
