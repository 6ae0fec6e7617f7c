import { expect, it } from 'vitest';
import { SILENT } from '../core/clock.ts';
import { testDatabase } from '../storage/testing/test-database.ts';
import { ruleStatement } from '../warning/rules.ts';
import { createEmailChannel } from './channels/email.ts';
import { startDispatcher } from './dispatcher.ts';
import { enqueueAlerts } from './enqueue.ts';
import { insertSubscribers } from './testing/confirmed.ts';
import { DEAF_QUEUE, REAL_CLOCK, until, warningChange } from './testing/fakes.ts';
import { startSmtpSink, textOf } from './testing/smtp-sink.ts';

it('brings to the mailbox by which rule the warning was raised, how often it is wrong and on what data', async () => {
  await using database = await testDatabase();
  await using sink = await startSmtpSink();
  await insertSubscribers(database.db, [{ address: 'ann@readers.example' }]);
  const change = warningChange({ rules: [ruleStatement('two-decoys')] });
  await database.db.transaction().execute((tx) => enqueueAlerts(tx, DEAF_QUEUE, [change], { now: new Date() }));
  await using _dispatcher = await startDispatcher({
    db: database.db,
    queue: DEAF_QUEUE,
    channels: [
      createEmailChannel({ host: '127.0.0.1', port: sink.port, security: 'none', from: 'alerts@sundew.example' }),
    ],
    clock: REAL_CLOCK,
    random: Math.random,
    log: SILENT,
    publicUrl: 'https://sundew.example',
    isDecoyAddress: () => false,
  });
  await until(() => sink.mails.length === 1);
  const { says, wrong, data } = ruleStatement('two-decoys');
  const [advice = '', why = ''] = (await textOf(sink.mails[0])).split('\nWhy this warning\n');
  expect(advice).toContain('1. Do not open the link.');
  expect(why).toContain(`  By the rule: ${says}.\n  How often it is wrong: ${wrong}\n  Measured on ${data}.\n`);
  expect(why).toContain('  In full: https://sundew.example/warnings/W-7K3F\n\n-- \nYou get this because');
});
