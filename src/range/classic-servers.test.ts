// Every kind of touch on the networks of 2004, from a sender over the range's server to a decoy.
import { afterEach, describe, expect, test } from 'vitest';
import type { CaptureDraft } from '../core/capture.ts';
import { type Log, SILENT } from '../core/clock.ts';
import type { Decoy } from '../core/decoy.ts';
import { REAL_CLOCK } from '../decoys/testing/real-clock.ts';
import { msnpDecoy } from '../networks/msnp/decoy.ts';
import { oscarDecoy } from '../networks/oscar/decoy.ts';
import { sametimeDecoy } from '../networks/sametime/decoy.ts';
import { type LoopbackContext, loopbackContext, until } from '../networks/testing/loopback.ts';
import { ymsgDecoy } from '../networks/ymsg/decoy.ts';
import { type ClassicServers, startClassicServers } from './classic-servers.ts';
import { type ClassicDecoy, classicDecoys } from './classic-sites.ts';
import type { Act, Touch } from './touch.ts';
import { openYmsgSenders } from './ymsg-senders.ts';

const PEERS: Readonly<Record<string, readonly string[]>> = {
  aim: ['worm99'],
  icq: ['900000001'],
  sametime: ['colleague'],
};

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function startServers(): Promise<ClassicServers> {
  const servers = await startClassicServers({
    clock: REAL_CLOCK,
    decoyPassword: 'decoys-secret',
    peerPassword: 'peers-secret',
    peers: (stage) => PEERS[stage] ?? [],
  });
  undo.push(() => servers.stop());
  return servers;
}

function makeDecoy(config: ClassicDecoy): Decoy {
  switch (config.network) {
    case 'oscar':
      return oscarDecoy(config);
    case 'msnp':
      return msnpDecoy(config);
    case 'ymsg':
      return ymsgDecoy(config);
    case 'sametime':
      return sametimeDecoy(config);
  }
}

/** Signs one decoy of the range on. */
async function runDecoy(servers: ClassicServers, address: string): Promise<LoopbackContext> {
  const config = classicDecoys(servers.ports, 'decoys-secret').find((one) => one.address === address);
  if (config === undefined) throw new Error(`no decoy ${address}`);
  const context = loopbackContext();
  const stopper = new AbortController();
  const ended = makeDecoy(config).run(context, stopper.signal);
  undo.push(() => {
    stopper.abort();
    return ended.catch(() => undefined); // however it ends
  });
  await until(() => context.states.includes('online'), `${address} online`);
  return context;
}

const LINK = 'http://free-tones7.example/~site3/install.exe';
const ACTS = {
  message: { type: 'message', text: `look here ${LINK}` },
  'file-offer': { type: 'file-offer', name: 'goose.jpg.scr', size: 24_576, text: 'our goose' },
  'contact-request': { type: 'contact-request', text: `add me ${LINK}` },
  'group-invite': { type: 'group-invite', room: 'party', text: `join us ${LINK}` },
} as const satisfies Record<string, Act>;

const CASES: readonly (readonly [Touch['network'], string, string, keyof typeof ACTS])[] = [
  ['oscar', 'worm99', 'bramv72', 'message'],
  ['oscar', 'worm99', 'bramv72', 'file-offer'],
  ['oscar', 'worm99', 'bramv72', 'contact-request'],
  ['oscar', 'worm99', 'bramv72', 'group-invite'],
  ['oscar', '900000001', '998231906', 'message'],
  ['oscar', '900000001', '998231906', 'contact-request'],
  ['msnp', 'worm@mail.example', 'matti.r@post.example', 'message'],
  ['msnp', 'worm@mail.example', 'matti.r@post.example', 'file-offer'],
  ['msnp', 'worm@mail.example', 'matti.r@post.example', 'contact-request'],
  ['ymsg', 'worm99', 'milla77', 'message'],
  ['ymsg', 'worm99', 'milla77', 'file-offer'],
  ['ymsg', 'worm99', 'milla77', 'contact-request'],
  ['ymsg', 'worm99', 'milla77', 'group-invite'],
  ['sametime', 'colleague', 'ahaas', 'message'],
  ['sametime', 'colleague', 'ahaas', 'file-offer'],
  ['sametime', 'colleague', 'ahaas', 'group-invite'],
];

describe('the senders of the networks of 2004', () => {
  test.each(CASES)('on %s, %s reaches %s with a %s', async (network, from, to, type) => {
    const servers = await startServers();
    const context = await runDecoy(servers, to);
    const senders = servers.openSenders(SILENT)[network as 'oscar'];
    undo.push(() => senders.stop());
    const act = ACTS[type];
    senders.send({ atMs: 0, network, from, to, act, family: 'x' });
    const found = (): CaptureDraft | undefined =>
      context.captures.map(({ draft }) => draft).find(({ kind, peer }) => kind === type && peer.id === from);
    await until(() => found() !== undefined, `${type} captured`);
    const draft = found();
    if (act.type === 'file-offer') expect(draft?.file).toMatchObject({ name: act.name, size: act.size });
    // MSN's contact request has no words.
    else if (network !== 'msnp' || type === 'message') expect(draft?.text).toContain(LINK);
  });

  test('many things said at once come in order over one connection', async () => {
    const servers = await startServers();
    const context = await runDecoy(servers, 'ahaas');
    const { sametime } = servers.openSenders(SILENT);
    undo.push(() => sametime.stop());
    const texts = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    for (const text of texts)
      sametime.send({
        atMs: 0,
        network: 'sametime',
        from: 'colleague',
        to: 'ahaas',
        act: { type: 'message', text },
        family: 'x',
      });
    const heard = (): readonly (string | undefined)[] =>
      context.captures.flatMap(({ draft }) => (draft.kind === 'message' ? [draft.text] : []));
    await until(() => heard().length >= texts.length, 'all lines');
    expect(heard()).toEqual(texts);
  });

  test('a peer of Yahoo! may ask to be added again and again', async () => {
    const servers = await startServers();
    const context = await runDecoy(servers, 'milla77');
    const { ymsg } = servers.openSenders(SILENT);
    undo.push(() => ymsg.stop());
    const act = ACTS['contact-request'];
    for (let asked = 0; asked < 3; asked += 1)
      ymsg.send({ atMs: 0, network: 'ymsg', from: 'worm99', to: 'milla77', act, family: 'x' });
    await until(() => context.captures.filter(({ draft }) => draft.kind === 'contact-request').length >= 3, 'three');
  });

  test('a sender whose server is gone says so in the log and goes on', async () => {
    const servers = await startServers();
    const warnings: string[] = [];
    const log: Log = { ...SILENT, warn: (_fields, message) => void warnings.push(message) };
    const senders = openYmsgSenders(servers.ports.ymsg, 'peers-secret', log);
    undo.push(() => senders.stop());
    await servers.stop();
    for (const from of ['worm98', 'worm99'])
      senders.send({ atMs: 0, network: 'ymsg', from, to: 'milla77', act: ACTS.message, family: 'x' });
    await until(() => warnings.length >= 2, 'warnings');
    expect(warnings).toEqual(Array(2).fill('a sender of the range lost its connection'));
  });
});
