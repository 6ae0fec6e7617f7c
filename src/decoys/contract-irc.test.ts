// The decoy contract on IRC.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContractServer, decoyContract } from '../../test/contract/decoy.ts';
import { startIrcServer } from '../networks/irc/server.ts';

async function startServer(): Promise<ContractServer> {
  const server = await startIrcServer({ port: 0, name: 'irc.range.test', channels: ['#own'] });
  const stranger = connect(server.port, '127.0.0.1');
  let heard = '';
  stranger.on('error', () => undefined);
  stranger.on('data', (chunk) => {
    for (const line of chunk.toString().split('\r\n')) {
      if (line.startsWith('PING ')) stranger.write(`PONG ${line.slice(5)}\r\n`);
      if (/^:dora\S* (?:PRIVMSG|NOTICE|INVITE|TAGMSG) /i.test(line)) heard += line;
    }
  });
  stranger.write('NICK bot7\r\nUSER bot 0 * :bot\r\n');
  await sleep(100);
  const send = async (lines: string): Promise<void> => {
    stranger.write(lines);
    await sleep(50);
  };
  return {
    port: server.port,
    say: async (text) => await send(`PRIVMSG dora :${text}\r\n`),
    provoke: async () =>
      await send(
        [
          'PRIVMSG dora :\u0001VERSION\u0001',
          'PRIVMSG dora :\u0001PING 1\u0001',
          'PRIVMSG dora :\u0001DCC SEND "a b.scr" 3405803781 5000 1234\u0001',
          'PRIVMSG dora :\u0001DCC CHAT chat 3405803781 5000\u0001',
          'NOTICE dora :hello',
          'JOIN #bad',
          'INVITE dora #bad',
          '',
        ].join('\r\n'),
      ),
    heard: () => heard,
    stop: async () => {
      stranger.destroy();
      await server.stop();
    },
  };
}

decoyContract({
  name: 'IRC',
  startServer,
  config: (port) => ({
    name: 'dora',
    network: 'irc',
    address: 'dora',
    host: '127.0.0.1',
    port,
    tls: 'none',
    channels: ['#own'],
    enabled: true,
  }),
  refused: (port) => ({
    name: 'dora',
    network: 'irc',
    address: 'bot7',
    host: '127.0.0.1',
    port,
    tls: 'none',
    channels: [],
    enabled: true,
  }),
});
