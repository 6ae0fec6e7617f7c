// The ledger: a journal record for every frame, durable before its bytes reach the socket (I-01, I-16).
import { hash } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/journal.ts';
import type { Act, Intent, Level, Ruling } from '../../core/link.ts';
import type { Network } from '../../core/network.ts';
import type { EngagementGate } from './gate.ts';

const DENIALS_A_MINUTE = 60;

/** Content of a journal record of type `outbound`. The bytes themselves may be secret and are not kept. */
export interface OutboundRecord {
  readonly t: string;
  readonly decoy: string;
  readonly network: Network;
  readonly act: Act;
  readonly rule: string;
  readonly level: Level;
  readonly sha256: string;
  readonly length: number;
  readonly peer?: string;
  readonly cause?: string;
  /** Where a connection to a peer was opened, or would have been: such a record has no bytes. */
  readonly connect?: string;
  /** Why it was not sent; absent for what was. */
  readonly denied?: string;
  /** Denials since the last record that were only counted. */
  readonly suppressed?: number;
}

export interface Ledger {
  /** Records a ruled frame; resolves when the record is durable. Denials beyond 60 a minute are counted only. */
  record(frame: Uint8Array, intent: Intent, ruling: Ruling, connect?: string): Promise<void>;
}

/** Makes the ledger of one decoy or notifier. */
export function createLedger(of: { journal: Journal; clock: Clock; gate: EngagementGate; decoy: string }): Ledger {
  let windowEnds = 0;
  let denials = 0;
  let suppressed = 0;
  const mayRecordDenial = (nowMs: number): boolean => {
    if (nowMs >= windowEnds) {
      windowEnds = nowMs + 60_000;
      denials = 0;
    }
    denials += 1;
    return denials <= DENIALS_A_MINUTE;
  };
  return {
    record: async (frame, intent, ruling, connect) => {
      const now = of.clock.now();
      if (!ruling.allowed && !mayRecordDenial(now.getTime())) {
        suppressed += 1;
        return;
      }
      const record: OutboundRecord = {
        t: now.toISOString(),
        decoy: of.decoy,
        network: of.gate.network,
        act: intent.act,
        rule: ruling.rule,
        level: of.gate.level(),
        sha256: hash('sha256', frame, 'hex'),
        length: frame.length,
        ...(intent.peer === undefined ? {} : { peer: intent.peer }),
        ...(intent.cause === undefined ? {} : { cause: intent.cause }),
        ...(connect === undefined ? {} : { connect }),
        ...(ruling.allowed ? {} : { denied: ruling.reason }),
        ...(suppressed === 0 ? {} : { suppressed }),
      };
      suppressed = 0;
      await of.journal.append('outbound', Buffer.from(JSON.stringify(record), 'utf8'));
    },
  };
}

/** Reads a ledger record back; `undefined` for erased or foreign content. */
export function decodeOutbound(content: Uint8Array | undefined): OutboundRecord | undefined {
  if (content === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(content).toString('utf8')) as OutboundRecord;
  } catch {
    // Only this program writes outbound records; what is no JSON is damage, which the journal's check reports.
    return undefined;
  }
}
