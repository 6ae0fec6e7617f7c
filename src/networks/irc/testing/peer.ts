// For tests: a bare IRC client that says what it is told, as a stranger does.
import { connect } from 'node:net';
import { until } from '../../testing/loopback.ts';

/** A bare client that speaks lines, as a peer. */
export async function openPeer(
  port: number,
  nick: string,
): Promise<{ say(line: string): void; readonly heard: string[]; close(): void }> {
  const socket = connect(port, '127.0.0.1');
  const heard: string[] = [];
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      heard.push(line);
      if (line.startsWith('PING')) socket.write(`${line.replace('PING', 'PONG')}\r\n`);
    }
  });
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  say(`NICK ${nick}`);
  say(`USER ${nick} 0 * :${nick}`);
  await until(() => heard.some((line) => / (376|422) /.test(line)), `${nick} signed on`);
  return { say, heard, close: () => socket.destroy() };
}
