// One thing that a peer of the range does to a decoy.

export type Act =
  | { readonly type: 'message'; readonly text: string }
  | { readonly type: 'file-offer'; readonly name: string; readonly size: number; readonly text: string }
  | { readonly type: 'contact-request'; readonly text: string }
  | { readonly type: 'group-invite'; readonly room: string; readonly text: string }
  | { readonly type: 'probe' };

export const RANGE_NETWORKS = ['xmpp', 'irc'] as const;
export type RangeNetwork = (typeof RANGE_NETWORKS)[number];

export interface Touch {
  /** Milliseconds of play since the start. */
  readonly atMs: number;
  readonly network: RangeNetwork;
  /** Address of the peer: bare JID, or a nick. */
  readonly from: string;
  /** Address of the decoy, or a channel. */
  readonly to: string;
  readonly act: Act;
  /** Id of the family that is played. */
  readonly family: string;
}
