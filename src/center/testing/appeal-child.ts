// The post of answers to appeals in a process of its own, for the test that kills it. Arguments: database URL, SMTP port.
import { createEmailChannel } from '../../alerts/channels/email.ts';
import { REAL_CLOCK } from '../../alerts/testing/fakes.ts';
import { SILENT } from '../../core/clock.ts';
import { openDatabase } from '../../storage/database.ts';
import { startAppealPost } from '../appeal-post.ts';

const [url = '', port = ''] = process.argv.slice(2);
const { db } = openDatabase({ url, realm: 'live' });
const email = createEmailChannel({
  ...{ host: '127.0.0.1', port: Number(port), security: 'none', from: 'alerts@sundew.example' },
});
await startAppealPost({
  ...{ db, publicUrl: 'https://sundew.example', clock: REAL_CLOCK, random: Math.random, log: SILENT, run: true },
  mail: () => email,
});
process.stdout.write('ready\n');
