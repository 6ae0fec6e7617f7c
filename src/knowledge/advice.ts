// Reviewed advice of the seeded entries: how to avoid and how to remove, by vector and type. Plain words, no product names.

const AVOID_BY_VECTOR: Readonly<Record<string, string>> = {
  url: 'Do not open a link that comes without a reason, even from a contact: ask the contact by another way first.',
  'file-transfer': 'Refuse files you did not ask for, and turn off automatic acceptance of files in the client.',
  'shared-folder':
    'Take programs from their makers, never from a search of a file-sharing network; share one folder that holds nothing else.',
  'protocol-responder': 'Distrust a search result that repeats your own search words with an executable ending.',
  'script-overwrite': 'Keep the download folder of the client apart from its program and script folders.',
  'removable-drive': 'Turn off automatic start from removable drives and scan them before opening anything.',
  exploit: 'Install security updates of the client, the browser and the system as soon as they appear.',
  'mass-unsolicited': 'Accept messages from contacts only, and do not answer an unknown sender, not even to complain.',
  'fake-accounts': 'Let only registered or approved accounts write to you or to your rooms.',
  'session-hijack':
    'End all other sessions and change the password when an account sends what its owner did not write.',
  'credential-consent': 'Never type the password of a messenger into any other site, whatever it promises to show.',
  conversation: 'Do not give a chat partner you never met personal data, card numbers or a picture.',
  'presence-status': 'Do not open links in the status text of a contact without asking.',
  'tampered-client':
    'Take the client from its maker or the official shop, by the maker’s own link, and no edition that promises more.',
  'im-c2': 'Operators: know which machines talk to the programming interfaces of messengers, and ask about the others.',
  'supply-chain':
    'Check the signature or hash of a client download against the maker’s page, and wait a day with updates that are not urgent.',
  'browser-extension': 'Refuse any page that wants an extension or a player installed before it shows a video.',
  'notification-reply': 'Install applications from the official store only and refuse them access to notifications.',
  'qr-code': 'Never scan a sign-in code that somebody else sent.',
  invite: 'Allow room invitations from contacts only, and decline the others unseen.',
  'open-registration': 'Operators: close or check open registration, and limit what a new account may send.',
  'irc-c2': 'Operators: let no outgoing connections to chat servers leave machines that have no need of them.',
  'p2p-c2': 'Operators: watch for machines that keep many peer-to-peer connections without a known program.',
  'web-compromise': 'Use long passwords of their own and a second factor for the administration of web sites.',
};

const REMOVE_MALWARE = [
  'Take the machine off the network and sign the messenger out everywhere.',
  'Scan with an up-to-date scanner started from a clean medium; reinstall the system if the program could run with full rights.',
  'Change the passwords that were used on the machine, from another machine, the messenger’s first.',
  'Tell your contacts, by another way, not to open what came from your account.',
];
const REMOVE_ACCOUNT = [
  'Change the password, end all other sessions and withdraw the access of applications you do not know.',
  'Turn on the second factor and check that recovery address and telephone are still yours.',
  'Tell your contacts what was sent in your name.',
];
const REMOVE_SPAM = ['Nothing is installed: block and report the sender, and leave the message unanswered.'];
const REMOVE_FRAUD = [
  'Stop the talk, block the account and keep the messages as proof.',
  'Tell your bank at once if you gave card or account data, and report the loss to the police.',
];

const REMOVE_BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  vulnerability: ['Nothing is installed: update the client, then start it again.'],
  'spim-campaign': REMOVE_SPAM,
  'nuisance-bot': ['Nothing to remove: block the account if it is a nuisance.'],
  'phishing-campaign': REMOVE_ACCOUNT,
  'chat-bot-fraud': REMOVE_FRAUD,
};
const REMOVE_BY_VECTOR: Readonly<Record<string, string>> = {
  'shared-folder':
    'Empty the shared folders and let the file-sharing program list them anew before it goes back online.',
  'script-overwrite': 'Reinstall the chat client and delete the script files that the former one left behind.',
  'removable-drive': 'Scan every removable drive that was used since, before it is used again.',
  'browser-extension': 'Remove the extension in the browser and reset its settings.',
  'tampered-client': 'Remove the client, install the maker’s, and end all other sessions of the account.',
  'supply-chain': 'Remove the client and install it again from the maker’s corrected download.',
};
const AT_RISK_BY_VECTOR: Readonly<Record<string, string>> = {
  url: 'people who open links from their contact list',
  'file-transfer': 'people who accept files in chat',
  'shared-folder': 'people who run programs found on file-sharing networks',
  'script-overwrite': 'people whose chat client loads scripts from its download folder',
  exploit: 'clients and browsers without the latest security updates',
  'mass-unsolicited': 'everybody who can be written to by strangers',
  'tampered-client': 'people who installed a client that is not its maker’s',
  'supply-chain': 'people who installed or updated the client while it was tampered with',
  conversation: 'people who talk to strangers in chat rooms and on dating sites',
  invite: 'everybody whose account takes invitations from strangers',
};

/** Sentences on how to avoid a threat of these vectors; never empty. */
export function avoidanceOf(vectors: readonly string[]): readonly string[] {
  const lines = vectors.flatMap((vector) => AVOID_BY_VECTOR[vector] ?? []);
  return lines.length > 0 ? lines : ['Treat unexpected links and files with care, whoever seems to send them.'];
}

/** Sentences on how to get rid of it; never empty. */
export function removalOf(type: string, vectors: readonly string[]): readonly string[] {
  const base = REMOVE_BY_TYPE[type] ?? REMOVE_MALWARE;
  return [...base, ...vectors.flatMap((vector) => REMOVE_BY_VECTOR[vector] ?? [])];
}

/** Who is at risk, as one sentence. */
export function atRiskOf(networks: readonly string[], vectors: readonly string[]): string {
  const who = [...new Set(vectors.flatMap((vector) => AT_RISK_BY_VECTOR[vector] ?? []))];
  return `Users of ${networks.join(', ')}${who.length > 0 ? `: ${who.join('; ')}` : ''}.`;
}
