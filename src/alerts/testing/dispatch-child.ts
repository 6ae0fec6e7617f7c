// A dispatcher in a process of its own, for the test that kills it. Arguments: database URL, SMTP port, lease in ms.
import { SILENT } from '../../core/clock.ts';
import { openDatabase } from '../../storage/database.ts';
import { createEmailChannel } from '../channels/email.ts';
import { startDispatcher } from '../dispatcher.ts';
import { DEAF_QUEUE, REAL_CLOCK } from './fakes.ts';

const [url = '', port = '', leaseMs = ''] = process.argv.slice(2);
const database = openDatabase({ url, realm: 'live' });
await startDispatcher({
  db: database.db,
  queue: DEAF_QUEUE,
  channels: [
    createEmailChannel({ host: '127.0.0.1', port: Number(port), security: 'none', from: 'alerts@sundew.example' }),
  ],
  clock: REAL_CLOCK,
  random: Math.random,
  log: SILENT,
  publicUrl: 'https://sundew.example',
  isDecoyAddress: () => false,
  concurrency: 4,
  leaseMs: Number(leaseMs),
});
process.stdout.write('ready\n');
