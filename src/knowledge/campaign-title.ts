// Titles made of what a campaign does, never of captured text: nothing of a decoy or a peer can stand in one.
import type { CaptureKind } from '../core/capture.ts';
import { NETWORK_NAMES, type Network } from '../core/network.ts';
import type { Indicator, VerdictClass } from '../core/verdict.ts';

/** As they read in a sentence. */
const TITLE_NAMES: Readonly<Record<Network, string>> = { ...NETWORK_NAMES, oscar: 'AIM and ICQ', msnp: 'MSN' };
const CLASS_NAMES: Readonly<Record<VerdictClass, string>> = {
  worm: 'Worm',
  malware: 'Malware',
  exploit: 'Exploit',
  phishing: 'Phishing',
  scam: 'Scam',
  spam: 'Spam',
  recon: 'Probing',
  benign: 'Chatter',
  unknown: 'Unclassified contact',
};
const MAX_NAMED = 3;
const EXECUTABLE = /[.](?:exe|scr|pif|com|bat|cmd|vbs|vbe|js|jse|wsf|hta|lnk|msi|cpl|jar|apk)$/i;
const PICTURE = /photo|picture|\bpics?\b|image|img|dsc|jpe?g|png|gif/i;
const MAX_LOOKED_AT = 300;

export interface TitleFacts {
  readonly class: VerdictClass;
  readonly networks: readonly Network[];
  readonly indicators: readonly Indicator[];
  readonly kind?: CaptureKind;
}

/** `Worm on XMPP: link to an executable posing as a picture`. */
export function titleOf(facts: TitleFacts): string {
  const what = describe(facts);
  const bare = bareTitleOf(facts.class, facts.networks);
  return what === undefined ? bare : `${bare}: ${what}`;
}

/** Class and networks only: `Worm on XMPP and IRC`. */
export function bareTitleOf(verdict: VerdictClass, networks: readonly Network[]): string {
  return `${CLASS_NAMES[verdict]} on ${namesOf(networks)}`;
}

/** `XMPP`, `XMPP and IRC`, `XMPP, IRC, Matrix and others`. */
export function namesOf(networks: readonly Network[]): string {
  if (networks.length > MAX_NAMED) {
    return `${networks
      .slice(0, MAX_NAMED)
      .map((one) => TITLE_NAMES[one])
      .join(', ')} and others`;
  }
  const names = networks.map((one) => TITLE_NAMES[one]);
  const last = names.pop() ?? 'several networks';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

function describe({ class: verdict, indicators, kind }: TitleFacts): string | undefined {
  const file = indicators.find(({ type }) => type === 'file-name');
  const url = indicators.find(({ type, value }) => type === 'url' && EXECUTABLE.test(pathOf(value)));
  if (url !== undefined) return `link to an executable${posing(pathOf(url.value))}`;
  if (file !== undefined) {
    const name = file.value.slice(-MAX_LOOKED_AT);
    return EXECUTABLE.test(name) ? `executable file${posing(name)}` : 'file sent unasked';
  }
  if (kind === 'contact-request') return 'contact requests from strangers';
  if (kind === 'group-invite') return 'invitations to a room';
  if (kind === 'roster-push') return 'entries pushed into contact lists';
  if (indicators.some(({ type }) => type === 'url' || type === 'domain')) {
    return verdict === 'phishing' ? 'link to a deceptive page' : 'link from a stranger';
  }
  if (indicators.some(({ type }) => type === 'invite')) return 'invitation link';
  if (indicators.some(({ type }) => type === 'wallet')) return 'asks for a payment';
  return verdict === 'exploit' ? 'bytes that no honest client sends' : undefined;
}

function posing(name: string): string {
  return PICTURE.test(name) ? ' posing as a picture' : '';
}

function pathOf(url: string): string {
  return (URL.parse(url)?.pathname ?? '').slice(-MAX_LOOKED_AT);
}
