// A command works on the Sundew that runs; when none does, it opens one quietly for itself: no decoys, no HTTP port.
import { connect } from 'node:net';
import { dataPaths, readSettings } from '../center/settings.ts';
import { type ControlClient, controlClient } from './control-client.ts';

export async function withControl<T>(
  config: string | undefined,
  use: (client: ControlClient) => Promise<T>,
): Promise<T> {
  const settings = readSettings({ config });
  const path = dataPaths(settings).control;
  if (await answers(path)) return use(controlClient(path));
  const { openCenter } = await import('../center/center.ts'); // a second of loading that most commands can do without
  const center = await openCenter(settings, { quiet: true });
  try {
    return await use(controlClient(path));
  } finally {
    await center.close();
  }
}

/** Whether a Sundew listens on the socket. */
export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
