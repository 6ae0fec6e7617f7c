// Client software by its login type, as administrators' documents list them.

const CLIENTS: ReadonlyMap<number, string> = new Map([
  [0x1000, 'Lotus binary library'],
  [0x1001, 'Sametime Java applet'],
  [0x1002, 'Sametime Connect 3.1-7.0'],
  [0x1003, 'Sametime Java Connect 3.1-7.0'],
  [0x100a, 'Sametime Links'],
  [0x1010, 'Sametime directory applet'],
  [0x1099, 'Sametime meeting room'],
  [0x1200, 'Lotus Notes 6.5'],
  [0x1203, 'Lotus Notes 6.5.3'],
  [0x1210, 'Lotus Notes 7.0 beta'],
  [0x1214, 'Lotus Notes 7.0'],
  [0x1246, 'Notes 8.5.4'],
  [0x1300, 'IBM Community Tools'],
  [0x1302, 'IBM Community Tools 1.7.8.2'],
  [0x1303, 'IBM Community Tools (SIP)'],
  [0x1304, 'Sametime Connect 7.5'],
  [0x1306, 'Sametime Connect 8.0'],
  [0x1308, 'Sametime Connect 8.0.1'],
  [0x130a, 'Sametime Connect 8.0.2'],
  [0x130b, 'Sametime Connect 8.5.0'],
  [0x130c, 'Sametime Connect 8.5.1'],
  [0x130d, 'Sametime Connect 8.5.2'],
  [0x130e, 'Sametime Connect 9.0'],
  [0x130f, 'Sametime Connect 9.0.1'],
  [0x1400, 'NotesBuddy 4.14'],
  [0x1405, 'NotesBuddy 4.15'],
  [0x1406, 'NotesBuddy 4.16'],
  [0x143a, 'Sametime for iOS'],
  [0x143b, 'Sametime for Android'],
  [0x14b9, 'Verse'],
  [0x1600, 'Sanity'],
  [0x1625, 'Perl sender'],
  [0x1650, 'PMR alert'],
  [0x16aa, 'Trillian plug-in'],
  [0x16bb, 'Trillian plug-in'],
  [0x1700, 'libmeanwhile'],
]);

export const LIBMEANWHILE = 0x1700;
/** Types that are scripted more often than people's desktops. */
const SCRIPTED: ReadonlySet<number> = new Set([0x100a, 0x1600, 0x1625, 0x1650, LIBMEANWHILE]);

export function clientName(loginType: number): string {
  return CLIENTS.get(loginType) ?? `client type ${loginType.toString(16)}`;
}

export function isScripted(loginType: number): boolean {
  return SCRIPTED.has(loginType);
}
