// Which settings the alert account of each network has, for the form.
import type { ImAlertState } from '../api/types.ts';

type Tls = 'starttls' | 'direct' | 'none';

export const TLS_WORDS: Readonly<Record<Tls, string>> = {
  starttls: 'STARTTLS',
  direct: 'Direct TLS',
  none: 'None',
};

export interface ImFormKind {
  /** The first is the usual one; none where the protocol has no TLS. */
  readonly tls: readonly Tls[];
  readonly example: string;
  readonly hostNeeded: boolean;
  readonly insecure: boolean;
  readonly ca: boolean;
  readonly loginUrl: boolean;
}

const LEGACY = { tls: [], hostNeeded: true, insecure: true, ca: false, loginUrl: false } as const;

export const IM_FORMS: Readonly<Record<ImAlertState['network'], ImFormKind>> = {
  xmpp: {
    tls: ['starttls', 'direct', 'none'],
    example: 'alerts@example.org',
    hostNeeded: false,
    insecure: false,
    ca: true,
    loginUrl: false,
  },
  oscar: { ...LEGACY, tls: ['none', 'direct'], example: 'SundewAlerts', ca: true },
  msnp: { ...LEGACY, example: 'alerts@example.org', ca: true, loginUrl: true },
  ymsg: { ...LEGACY, example: 'sundew_alerts' },
  sametime: { ...LEGACY, tls: ['none', 'direct'], example: 'alerts', ca: true },
};
