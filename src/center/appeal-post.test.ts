// Answers to appeals: sent once whatever is killed when, tried again as long as it makes sense, and never lost.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Channel } from '../alerts/channel.ts';
import { createEmailChannel } from '../alerts/channels/email.ts';
import { killChild, startChild } from '../alerts/testing/child.ts';
import { recordingChannel, settableClock, until } from '../alerts/testing/fakes.ts';
import { type SmtpSink, smtpAnswer, startSmtpSink, textOf } from '../alerts/testing/smtp-sink.ts';
import { SILENT } from '../core/clock.ts';
import { SundewError } from '../core/error.ts';
import { decideAppeal, findAppeal, insertAppeal, listAppeals, purgeAppeals } from '../knowledge/appeal-store.ts';
import { type TestDatabase, testDatabase } from '../storage/testing/test-database.ts';
import { type AppealPost, MAX_ANSWER_TRIES, startAppealPost } from './appeal-post.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const KILLS = 6;
const APPEALS = 40;
const CHILD = fileURLToPath(new URL('testing/appeal-child.ts', import.meta.url));

let database: TestDatabase;
const running: AppealPost[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());
beforeEach(() => database.db.deleteFrom('appeal').execute());
afterEach(async () => {
  for (const post of running.splice(0)) await post.stop();
});

/** @returns the id of an appeal that is decided, and whose answer nobody has sent: as a kill after the decision leaves it */
const decided = async (contact: string): Promise<string> => {
  const id = await insertAppeal(database.db, { what: 'news.example', why: 'It is ours.', contact, now: NOW });
  if (id === undefined) throw new Error('too many');
  await decideAppeal(database.db, id, { state: 'rejected', by: 'ada', answer: 'It is seen daily.', now: NOW });
  return id;
};

const start = async (
  mail: () => Channel | undefined,
  clock = settableClock(NOW.toISOString()),
): Promise<AppealPost> => {
  const post = await startAppealPost({
    ...{
      db: database.db,
      mail,
      publicUrl: 'https://sundew.example/',
      clock,
      random: () => 0.5,
      log: SILENT,
      run: true,
    },
  });
  running.push(post);
  return post;
};

const mailOf = async (id: string): Promise<unknown> => (await findAppeal(database.db, id))?.mail;
const emailTo = (sink: SmtpSink): Channel =>
  createEmailChannel({ ...{ host: '127.0.0.1', port: sink.port, security: 'none', from: 'alerts@sundew.example' } });

const childAt = (port: number) => startChild(CHILD, [database.url, String(port)]);

it('answers everybody, with one Message-ID an appeal, while the process is killed again and again', async () => {
  await using sink = await startSmtpSink({ judge: () => sleep(25) });
  for (let at = 0; at < APPEALS; at += 1) await decided(`reader${at}@readers.example`);
  for (let kills = 0; kills < KILLS; kills += 1) {
    const child = await childAt(sink.port);
    const seen = sink.mails.length;
    await until(() => sink.mails.length > seen, 30_000);
    await sleep(Math.random() * 40);
    await killChild(child);
  }
  expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBeLessThan(APPEALS); // else it was too late to prove anything
  const last = await childAt(sink.port);
  try {
    await until(async () => (await listAppeals(database.db)).every(({ mail }) => mail === 'sent'), 60_000);
  } finally {
    await killChild(last);
  }
  const ids = new Set(sink.mails.map(({ messageId, to }) => `${messageId} ${to.join()}`));
  expect(ids.size).toBe(APPEALS);
  const known = (await listAppeals(database.db)).map(({ id, contact }) => `<appeal.${id}@sundew.example> ${contact}`);
  expect([...ids].toSorted()).toEqual(known.toSorted());
}, 120_000);

it('sends at the start what was left pending, in words that hold none of the appeal', async () => {
  await using sink = await startSmtpSink();
  const id = await decided('paula@news.example');
  await start(() => emailTo(sink));
  await until(async () => (await mailOf(id)) === 'sent');
  expect(sink.mails).toHaveLength(1);
  const text = await textOf(sink.mails[0]);
  expect(text).toContain('It is seen daily.');
  expect(text).not.toContain('It is ours.');
});

it('tries again with the same Message-ID, and ends at a refusal', async () => {
  let answers = 0;
  await using sink = await startSmtpSink({
    judge: () => {
      answers += 1;
      throw smtpAnswer(answers === 1 ? 450 : 550, 'mailbox');
    },
  });
  const id = await decided('paula@news.example');
  const clock = settableClock(NOW.toISOString());
  const post = await start(() => emailTo(sink), clock);
  await until(async () => (await findAppeal(database.db, id))?.mailNote?.includes('450') === true);
  expect(await mailOf(id)).toBe('pending');
  await post.send(id); // not due yet
  expect(sink.mails).toHaveLength(1);
  clock.set('2026-03-01T12:01:00Z');
  await post.send(id);
  expect(await mailOf(id)).toBe('failed');
  expect(new Set(sink.mails.map(({ messageId }) => messageId))).toEqual(new Set([`<appeal.${id}@sundew.example>`]));
  await post.send(id);
  expect(sink.mails).toHaveLength(2);
});

it('gives up after so many tries, and begins anew when a person asks', async () => {
  let works = false;
  const channel = recordingChannel('email', () => {
    if (!works) throw new SundewError('CHANNEL_RETRY', 'the line is dead');
  });
  const id = await decided('paula@news.example');
  const clock = settableClock(NOW.toISOString());
  const post = await start(() => channel, clock);
  for (let at = 1; (await mailOf(id)) === 'pending' && at <= 2 * MAX_ANSWER_TRIES; at += 1) {
    clock.set(new Date(NOW.getTime() + at * 7_200_000).toISOString());
    await post.send(id);
  }
  expect(await findAppeal(database.db, id)).toMatchObject({
    mail: 'failed',
    mailNote: `given up after ${MAX_ANSWER_TRIES} tries: the line is dead`,
  });
  works = true;
  await post.send(id, true);
  expect(await findAppeal(database.db, id)).toMatchObject({ mail: 'sent', mailNote: '' });
  await post.send(id, true);
  expect(channel.sent).toHaveLength(1);
});

it('keeps what cannot go out while mail is not set up, says so, and sends it when it is', async () => {
  let channel: Channel | undefined;
  const id = await decided('paula@news.example');
  const post = await start(() => channel);
  await until(
    async () => (await findAppeal(database.db, id))?.mailNote?.startsWith('outgoing mail is not set up') === true,
  );
  expect(await mailOf(id)).toBe('pending');
  channel = recordingChannel('email');
  await post.mailSet();
  await until(async () => (await mailOf(id)) === 'sent');
});

it('waits for no address that was deleted', async () => {
  const id = await decided('paula@news.example');
  await purgeAppeals(database.db, new Date(NOW.getTime() + 31 * 86_400_000));
  const appeal = await findAppeal(database.db, id);
  expect(appeal).toMatchObject({ mail: 'failed' });
  expect(appeal?.contact).toBeUndefined();
});
