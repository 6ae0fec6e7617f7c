// SRV records (RFC 2782) for decoys and the alert account of XMPP, in the order to try them.
import { resolveSrv } from 'node:dns/promises';
import type { Random } from '../core/clock.ts';
import type { ResolveSrv } from '../networks/xmpp/config.ts';

/** @param random spreads the load among records of one priority by their weight */
export function srvResolver(random: Random): ResolveSrv {
  return async (name) => {
    const records = await resolveSrv(name);
    return records
      .filter((record) => record.name !== '' && record.name !== '.')
      .map((record) => ({ record, key: random() ** (1 / Math.max(1, record.weight)) }))
      .sort((a, b) => a.record.priority - b.record.priority || b.key - a.key)
      .map(({ record }) => ({ host: record.name.replace(/[.]$/, ''), port: record.port }));
  };
}
