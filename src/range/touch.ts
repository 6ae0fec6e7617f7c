// One thing that a peer of the range does to a decoy.

export type Act =
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'file-offer'; readonly name: string; readonly size: number; readonly text: string }
  | { readonly type: 'contact-request'; readonly text: string }
  | { readonly type: 'group-invite'; readonly room: string; readonly text: string }
  | { readonly type: 'probe' };

/** Where a family is played. AIM and ICQ share a network, but nobody of one knows anybody of the other. */
export const STAGES = ['xmpp', 'irc', 'aim', 'icq', 'msnp', 'ymsg', 'sametime'] as const;
export type StageName = (typeof STAGES)[number];

export const RANGE_NETWORKS = ['xmpp', 'irc', 'oscar', 'msnp', 'ymsg', 'sametime'] as const;
export type RangeNetwork = (typeof RANGE_NETWORKS)[number];

/** The network of a stage. */
export const networkOf = (stage: StageName): RangeNetwork => (stage === 'aim' || stage === 'icq' ? 'oscar' : stage);

export interface Touch {
  /** Milliseconds of play since the start. */
  readonly atMs: number;
  readonly network: RangeNetwork;
  /** Address of the peer, as its network writes it. */
  readonly from: string;
  /** Address of the decoy, or a channel. */
  readonly to: string;
  readonly act: Act;
  /** Id of the family that is played. */
  readonly family: string;
}
