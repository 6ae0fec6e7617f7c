// Bulletins and outbox in a process of its own, for the test that kills it. Arguments: database URL, SMTP port, what time it is.
import { createEmailChannel } from '../../alerts/channels/email.ts';
import { startDispatcher } from '../../alerts/dispatcher.ts';
import { DEAF_QUEUE, REAL_CLOCK } from '../../alerts/testing/fakes.ts';
import { SILENT } from '../../core/clock.ts';
import { openDatabase } from '../../storage/database.ts';
import { startBulletins } from '../bulletins.ts';

const [url = '', port = '', time = ''] = process.argv.slice(2);
const ahead = Date.parse(time) - Date.now();
const clock = { ...REAL_CLOCK, now: () => new Date(Date.now() + ahead) };
const { db } = openDatabase({ url, realm: 'live' });
const dispatcher = await startDispatcher({
  ...{ db, queue: DEAF_QUEUE, clock, random: Math.random, log: SILENT, publicUrl: 'https://sundew.example' },
  channels: [
    createEmailChannel({ host: '127.0.0.1', port: Number(port), security: 'none', from: 'alerts@sundew.example' }),
  ],
  isDecoyAddress: () => false,
  concurrency: 4,
});
startBulletins({
  ...{ db, queue: DEAF_QUEUE, realm: 'live', delayMs: 0, scrub: (text) => text, clock, log: SILENT },
  ready: async () => undefined,
  wake: () => dispatcher.wake(),
});
process.stdout.write('ready\n');
