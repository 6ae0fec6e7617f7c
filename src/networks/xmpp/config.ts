// What the XMPP decoys need of their settings; `data/decoys/*.yaml` is checked elsewhere and fits these shapes.

export interface XmppClientSettings {
  readonly mode: 'client';
  /** Bare JID. */
  readonly address: string;
  readonly password: string;
  /** Default: SRV records of the domain, then the domain itself. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** `none` is accepted on loopback only. */
  readonly tls: 'starttls' | 'direct' | 'none';
  /** PEM of a trusted root or of the server's own certificate. */
  readonly ca?: string | undefined;
}

export interface XmppComponentSettings {
  readonly mode: 'component';
  /** The component's domain. */
  readonly address: string;
  /** The secret shared with the server. */
  readonly password: string;
  readonly host: string;
  readonly port: number;
}

export type XmppSettings = XmppClientSettings | XmppComponentSettings;

/** SRV look-up (RFC 6120 3.2.1), passed in; targets in the order to try, without the dot at the end. */
export type ResolveSrv = (name: string) => Promise<readonly { readonly host: string; readonly port: number }[]>;
