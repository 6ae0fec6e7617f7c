// Everything that the end-to-end suites stand in: a real Prosody, a real ngircd, a mailbox, people, and the files that a
// new user would have at hand. Sundew itself is only ever the command.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { DecoyStatus } from '../../src/center/api/contract.ts';
import type { ControlClient } from '../../src/cli/control-client.ts';
import { type ByteCounter, countBytes } from '../contract/byte-counter.ts';
import { runSundew, until } from '../support/sundew.ts';
import { type LabMailbox, openMailbox } from './mailbox.ts';
import { type Ngircd, startNgircd } from './ngircd.ts';
import { type Prosody, startProsody } from './prosody.ts';
import { type XmppPerson, xmppPerson } from './xmpp-person.ts';

export const SECRET = 'decoy-secret';
const LOCALS = ['dora', 'alerts', 'paula', 'bot', 'nina'] as const;

export interface House extends AsyncDisposable {
  readonly prosody: Prosody;
  readonly ngircd: Ngircd;
  readonly mailbox: LabMailbox;
  /** Stand before Prosody's component port and before ngircd's plain port, and keep what decoys send. */
  readonly componentBytes: ByteCounter;
  readonly ircBytes: ByteCounter;
  readonly dir: string;
  /** A file with this content; its path. */
  file(name: string, content: string): Promise<string>;
  person(local: (typeof LOCALS)[number]): Promise<XmppPerson>;
}

export async function openHouse(): Promise<House> {
  await using undo = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'sundew-e2e-'));
  undo.defer(() => rm(dir, { recursive: true, force: true }));
  const prosody = await startProsody({
    accounts: LOCALS.map((local) => ({ local, password: `${local}-pw` })),
    component: { name: 'friends', secret: SECRET },
  });
  undo.defer(() => prosody.stop());
  const ngircd = await startNgircd();
  undo.defer(() => ngircd.stop());
  const mailbox = undo.use(await openMailbox());
  const componentBytes = await countBytes(() => prosody.componentPort);
  undo.defer(() => componentBytes.stop());
  const ircBytes = await countBytes(() => ngircd.port);
  undo.defer(() => ircBytes.stop());
  const people = undo.use(new AsyncDisposableStack());
  const all = undo.move();
  return {
    prosody,
    ngircd,
    mailbox,
    componentBytes,
    ircBytes,
    dir,
    file: async (name, content) => {
      const path = join(dir, name);
      await writeFile(path, content, { mode: 0o600 });
      return path;
    },
    person: async (local) =>
      people.use(await xmppPerson({ jid: `${local}@${prosody.domain}`, password: `${local}-pw`, port: prosody.port })),
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  };
}

/** Runs a command that must work; what it printed. */
export async function run(dataDir: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runSundew(args, { dataDir });
  if (status !== 0) throw new Error(`sundew ${args.join(' ')}: status ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Waits until every one of these decoys is online. */
export async function allOnline(control: ControlClient, names: readonly string[], timeoutMs = 40_000): Promise<void> {
  let last: readonly z.infer<typeof DecoyStatus>[] = [];
  await until(async () => {
    ({ decoys: last } = await control.call<{ decoys: typeof last }>('GET', '/api/v1/decoys'));
    return names.every((name) => last.some((one) => one.name === name && one.state === 'online')) || undefined;
  }, timeoutMs).catch((cause: unknown) => {
    throw new Error(`not all are online: ${JSON.stringify(last)}`, { cause });
  });
}
