import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SundewError } from '../core/error.ts';
import { isBreak, isConnectionError } from './connection-error.ts';
import { listenOnLoopback } from './server.ts';

describe('errors of a connection', () => {
  it('knows what a socket of Node throws', async () => {
    const listener = await listenOnLoopback({ port: 0, maxClients: 1 }, () => undefined);
    await listener.stop();
    const error = await new Promise<Error>((resolve) => {
      connect(listener.port, '127.0.0.1').once('error', resolve);
    });
    expect(isConnectionError(error)).toBe(true);
    expect(isBreak(error)).toBe(true);
  });

  it('takes WIRE_CLOSED for a break, but for no error of a socket', () => {
    const closed = new SundewError('WIRE_CLOSED', 'gone');
    expect(isBreak(closed)).toBe(true);
    expect(isConnectionError(closed)).toBe(false);
  });

  it.each([
    ['another code of ours', new SundewError('JOURNAL_UNWRITABLE', 'full')],
    ['an error without a code', new Error('ECONNRESET')],
    ['a code that is no text', Object.assign(new Error('odd'), { code: 104 })],
    ['a code of another kind', Object.assign(new Error('aborted'), { code: 'ABORT_ERR' })],
    ['no error at all', { code: 'EPIPE' }],
    ['nothing', undefined],
  ])('hears of %s', (_, error) => {
    expect(isConnectionError(error)).toBe(false);
    expect(isBreak(error)).toBe(false);
  });
});
