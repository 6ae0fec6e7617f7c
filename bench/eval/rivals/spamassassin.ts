// SpamAssassin (Debian `spamassassin`): its local rules and Bayes, in one Perl process, without the network.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { envelope, mbox, type Rival, type RivalScore, type TrainedRival, versionOf } from './rival.ts';

const run = promisify(execFile);
/** Mails come as `LENGTH\n` and as many bytes; a line with the score answers each, the processor time comes last. */
const SCANNER = `
use strict; use warnings; use Mail::SpamAssassin;
binmode STDIN; $| = 1;
my ($dir) = @ARGV;
my $sa = Mail::SpamAssassin->new({ local_tests_only => 1, userprefs_filename => "$dir/prefs", dont_copy_prefs => 1 });
$sa->compile_now(0);
my @before = times;
while (defined(my $length = <STDIN>)) {
  read(STDIN, my $mail, $length);
  my $message = $sa->parse($mail);
  my $status = $sa->check($message);
  print $status->get_score, "\\n";
  $status->finish; $message->finish;
}
my @after = times;
print "cpu ", $after[0] + $after[1] - $before[0] - $before[1], "\\n";
`;
const THRESHOLD = 5;

export const spamAssassin: Rival = {
  name: 'SpamAssassin with Bayes',
  version: () => versionOf('spamassassin', ['--version'], /SpamAssassin version ([\d.]+)/),
  train: async (bad, good) => {
    const dir = await mkdtemp(join(tmpdir(), 'spamassassin-'));
    const prefs = ['use_bayes 1', 'bayes_auto_learn 0', `bayes_path ${dir}/bayes`].join('\n');
    await writeFile(join(dir, 'prefs'), `${prefs}\n`);
    for (const [kind, texts] of [
      ['spam', bad],
      ['ham', good],
    ] as const) {
      const file = join(dir, `${kind}.mbox`);
      await writeFile(file, mbox(texts));
      await run('sa-learn', ['--local', '--no-sync', '-p', join(dir, 'prefs'), `--${kind}`, '--mbox', file]);
    }
    await run('sa-learn', ['--local', '--sync', '-p', join(dir, 'prefs')]);
    return trained(dir);
  },
};

function trained(dir: string): TrainedRival {
  let used = 0;
  return {
    scan: async (texts) => {
      const { lines, cpu } = await scan(dir, texts);
      used += cpu;
      return lines;
    },
    cpuSeconds: async () => used,
    [Symbol.asyncDispose]: async () => await rm(dir, { recursive: true, force: true }),
  };
}

async function scan(
  dir: string,
  texts: readonly string[],
): Promise<{ readonly lines: readonly RivalScore[]; readonly cpu: number }> {
  const child = spawn('perl', ['-e', SCANNER, dir], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err = `${err}${text}`.slice(-4000)));
  for (const [at, text] of texts.entries()) {
    const mail = Buffer.from(envelope(text, at));
    child.stdin.write(`${mail.length}\n`);
    if (!child.stdin.write(mail)) await new Promise<void>((resolve) => child.stdin.once('drain', () => resolve()));
  }
  child.stdin.end();
  await new Promise((resolve) => child.once('close', resolve));
  const printed = out.trim().split('\n');
  const cpu = Number(/^cpu ([\d.]+)$/.exec(printed.pop() ?? '')?.[1] ?? Number.NaN);
  if (printed.length !== texts.length)
    throw new Error(`SpamAssassin judged ${printed.length} of ${texts.length} texts: ${err}`);
  return { lines: printed.map((line) => ({ score: Number(line), bad: Number(line) >= THRESHOLD })), cpu };
}
