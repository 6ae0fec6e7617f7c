// What other programs' clients wait for from the range's server, found with msnp11-sdk 0.13 (docs/interop.md).
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../testing/loopback.ts';
import { type MsnpServer, startMsnpServer } from './server.ts';
import { answerSalt } from './wire/challenge.ts';

const ANN = { address: 'ann@im.example', password: 'x', name: 'Ann' };
const BOB = { address: 'bob@im.example', password: 'x', name: 'Bob' };

let server: MsnpServer;
let sockets: Socket[];

beforeEach(async () => {
  server = await startMsnpServer({ port: 0, accounts: [ANN, BOB] });
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
});

interface Client {
  heard: string;
  closed: boolean;
  /** Says a line and waits for an answer that holds the text. */
  ask(line: string, answer: string): Promise<void>;
}

/** Signs on by MD5, which the server knows in every dialect. */
async function signOn(account: typeof ANN, dialect: number): Promise<Client> {
  const socket = connect(server.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  const client: Client = {
    heard: '',
    closed: false,
    ask: async (line, answer) => {
      socket.write(`${line}\r\n`);
      await until(() => client.heard.includes(answer), `${line}: ${answer}; heard ${client.heard}`);
    },
  };
  socket.on('data', (chunk) => (client.heard += chunk.toString()));
  socket.on('close', () => (client.closed = true));
  await client.ask(`VER 1 MSNP${dialect}`, 'VER 1');
  await client.ask(`USR 2 MD5 I ${account.address}`, 'USR 2 MD5 S ');
  const salt = /MD5 S (\S+)/.exec(client.heard)?.[1] ?? '';
  await client.ask(`USR 3 MD5 S ${answerSalt(salt, account.password)}`, 'USR 3 OK');
  await client.ask('SYN 4 0 0', 'SYN 4');
  await client.ask('CHG 5 NLN 0', 'CHG 5');
  return client;
}

describe('the MSN server of the range', () => {
  test('sends a configuration file, by its length', async () => {
    const client = await signOn(ANN, 11);
    await client.ask('GCF 6 Shields.xml', 'GCF 6 Shields.xml 30\r\n<?xml');
  });

  test('gives contacts of the forward list an id, and tells the other one', async () => {
    const [ann, bob] = [await signOn(ANN, 11), await signOn(BOB, 11)];
    await ann.ask('PRP 6 MFN Ann%20%C3%A9', 'PRP 6 MFN Ann%20%C3%A9');
    await ann.ask('ADC 7 FL N=bob@im.example F=Bob', 'ADC 7 FL N=bob@im.example F=Bob C=');
    await until(() => bob.heard.includes('ADC 0 RL N=ann@im.example F=Ann%20%C3%A9\r\n'), 'the notice');
    await ann.ask('ADC 8 FL N=nobody@im.example F=x', '208 8');
  });

  test('names groups, lets in, shuts out', async () => {
    const client = await signOn(ANN, 11);
    await client.ask('ADG 6 Friends', 'ADG 6 1 Friends ');
    await client.ask('REG 7 some-id Foes', 'REG 7 1 Foes some-id');
    await client.ask('RMG 8 some-id', 'RMG 8 1 some-id');
    await client.ask('ADC 9 AL N=bob@im.example', 'ADC 9 AL N=bob@im.example');
    expect(server.admitted(ANN.address)).toEqual([BOB.address]);
    await client.ask('ADC 10 AL N=bob@im.example', '215 10');
    await client.ask('REM 11 AL bob@im.example', 'REM 11 AL bob@im.example');
    expect(server.admitted(ANN.address)).toEqual([]);
  });

  // As the private servers do: the decoy must not say these.
  test.each([
    ['REM 6 RL bob@im.example', 11],
    ['ADC 6 RL N=bob@im.example', 11],
    ['ADC 6 RL N=bob@im.example', 10],
    ['ADC 6 AL N=bob@im.example', 9],
    ['ADD 6 AL bob@im.example bob@im.example', 10],
  ] as const)('ends the connection at %s in dialect %i', async (line, dialect) => {
    const client = await signOn(ANN, dialect);
    client.ask(line, 'never').catch(() => undefined);
    await until(() => client.closed, 'the end');
  });
});
