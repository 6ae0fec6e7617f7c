// A person on IRC who shares no code with us: irssi on a terminal of its own, with a log of every line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/sundew.ts';

export interface IrssiPerson extends AsyncDisposable {
  /** Types a command such as `/msg dora hello`. */
  type(...commands: readonly string[]): void;
  /** Lines that came from the server. */
  heard(): Promise<readonly string[]>;
}

/** Signs on in plain text and stays. There is a file `my pics.scr` to offer. */
export async function irssiPerson(nick: string, port: number): Promise<IrssiPerson> {
  const home = await mkdtemp(join(tmpdir(), 'irssi-'));
  await writeFile(join(home, 'my pics.scr'), 'harmless');
  await writeFile(
    join(home, 'config'),
    `servers = ( { address = "127.0.0.1"; chatnet = "lab"; port = "${port}"; autoconnect = "yes"; } );
chatnets = { lab = { type = "IRC"; }; };
settings = { core = { user_name = "${nick}"; nick = "${nick}"; real_name = "${nick}"; };
"irc/core" = { cmd_queue_speed = "1msec"; cmds_max_at_once = "100"; };
"irc/dcc" = { dcc_own_ip = "127.0.0.1"; dcc_upload_path = "${home}"; };
"fe-text" = { paste_verify_line_count = "0"; }; };
`,
  );
  const irssi = spawn('script', ['-qfec', `irssi --home=${home}`, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let screen = '';
  irssi.stdout.on('data', (chunk) => {
    screen += String(chunk);
  });
  const log = join(home, 'raw.log');
  const type = (...commands: readonly string[]): void => {
    for (const command of commands) irssi.stdin.write(`${command}\r`);
  };
  await until(async () => screen.includes('End of MOTD') || undefined, 20_000);
  type(`/rawlog open ${log}`);
  return {
    type,
    heard: async () => {
      const lines = (await readFile(log, 'utf8')).split('\n');
      return lines.filter((line) => line.startsWith('>> ')).map((line) => line.slice(3));
    },
    [Symbol.asyncDispose]: async () => {
      if (irssi.exitCode === null && irssi.signalCode === null) {
        irssi.kill('SIGTERM');
        await once(irssi, 'exit');
      }
      await rm(home, { recursive: true, force: true });
    },
  };
}
