// The rival: as many connections that only read, without a decoy behind them. Says what one costs, KiB.
import { connect, type Socket } from 'node:net';
import { costOf, footprint } from './memory.ts';

const [port = '0', few = '200', many = '2000'] = process.argv.slice(2);
const sockets: Socket[] = [];

async function grow(to: number): Promise<void> {
  while (sockets.length < to) {
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', resolve);
      socket.on('data', (chunk) => chunk.length).on('error', reject);
      sockets.push(socket);
    });
  }
}

await grow(Number(few));
const before = await footprint();
await grow(Number(many));
process.send?.(costOf(before, await footprint(), Number(many) - Number(few)));
process.disconnect();
process.exit(0);
