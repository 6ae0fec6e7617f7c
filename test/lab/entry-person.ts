// An analyst at the form of an entry: every field of it, by label and role as a person finds them.
import type { Locator, Page } from 'playwright-core';

/** Markdown with what readers must not be made to load or run. */
export const WRITE_UP =
  '# How it was found\n\nA person wrote to *us*.\n\n![map](https://pictures.example/map.png)\n\n<b>raw</b>\n\n[its page](javascript:alert(1))';

/** An entry with every field in use, as it is written in the form. */
export const OPENER = {
  id: 'im.opener.xmpp',
  facts: {
    Name: 'Opener',
    Type: 'im-worm',
    'First seen': '2026-01',
    'Last seen': '2026-02-03',
    Source: 'our own captures',
    'Severity, why': 'It takes the account over and goes on from there.',
  },
  choices: { Severity: 'high', Status: 'active', TLP: 'clear' },
  lists: {
    name: ['W32/Opener', 'Opener worm'],
    network: ['xmpp', 'irc'],
    'unaffected network': ['msn'],
    way: ['url', 'file-transfer'],
    step: [
      'It greets as a friend would.',
      'It sends a link to a picture.',
      'It sends itself to everybody on the list.',
    ],
    'affected client': ['Old Client 1.0 to 1.4'],
    'unaffected client': ['New Client 2.0'],
    'action of the person': ['Ask the friend by another way.'],
    'action of the administrator': ['Hold files that end in .scr back.'],
    'action of the operator': ['Stop accounts that write to 20 others in a minute.'],
    'way to avoid it': ['Open no picture that asks to be run.'],
    'way to remove it': ['Sign out everywhere, then change the password.'],
    reference: ['A report of ours, February 2026'],
    credit: ['Ada Operator', 'the people of a server in Bremen'],
  },
  texts: {
    Summary: 'A worm that greets first.\nIt takes accounts over.',
    Lure: 'hi! are these pictures of you?',
    Payload: 'Takes the account over.',
    'Who is at risk': 'Who opens what friends send.',
    Notes: 'Kept under observation.',
  },
  rows: {
    variant: [{ Name: 'Opener.B', 'First seen': '2026-02', Note: 'asks for a code first' }],
    rating: [
      { What: 'prevalence', 'How much': '2', Why: 'two networks so far' },
      { What: 'damage', 'How much': '4', Why: 'the account is gone' },
      { What: 'distribution', 'How much': '3', Why: 'it spreads by itself' },
      { What: 'recovery', 'How much': '2', Why: 'a new password ends it' },
      { What: 'confidence', 'How much': '5', Why: 'we hold its files' },
    ],
    'means of detection': [
      { Kind: 'lure', 'Words of its lure': 'are these pictures of you' },
      {
        Kind: 'yara',
        'YARA rule': 'rule opener {\n  strings:\n    $a = "are these pictures"\n  condition:\n    $a\n}',
      },
      { Kind: 'filter', 'Line of a filter': 'file-name me.jpg.scr' },
    ],
    lure: [
      { Language: 'en', Message: 'hi! are these pictures of you? …' },
      { Language: 'de', Message: 'hallo! bist du das auf den bildern? …' },
    ],
    file: [{ Name: 'me.jpg.scr', Bytes: '34816', Note: 'poses as a picture' }],
    technique: [{ Id: 'T1566.003', Name: 'Phishing: Spearphishing via Service' }],
    relation: [{ How: 'related-to', Entry: 'im.kelvir.msn' }],
    event: [{ When: '2026-01-20', 'What happened': 'first report of a person' }],
    source: [{ Name: 'A feed', Origin: 'stix', 'Id there': 'malware--1', TLP: 'clear', 'Confidence, 0 to 100': '70' }],
  },
} as const;

export interface EntryPerson {
  /** A field of a part of the form, as `facts`. */
  field(part: string, name: string): Locator;
  /** A field of a row, as `step 2`. */
  cell(row: string, name: string): Locator;
  fillFacts(): Promise<void>;
  fillLists(): Promise<void>;
  fillTexts(): Promise<void>;
  fillRows(): Promise<void>;
}

export function entryPersonAt(page: Page): EntryPerson {
  const field = (part: string, name: string) => fieldIn(page.locator(`#part-${part}`), name);
  const cell = (row: string, name: string) => fieldIn(page.getByRole('group', { name: row, exact: true }), name);
  const add = (word: string) => page.getByRole('button', { name: `Add ${word}`, exact: true }).click();
  return {
    field,
    cell,
    fillFacts: async () => {
      await page.getByRole('textbox', { name: 'Id', exact: true }).fill(OPENER.id);
      for (const [name, text] of Object.entries(OPENER.facts)) await field('facts', name).fill(text);
      for (const [name, value] of Object.entries(OPENER.choices)) await field('facts', name).selectOption(value);
      await page.getByRole('checkbox', { name: /^Confirmed/ }).check();
    },
    fillLists: async () => {
      for (const [word, lines] of Object.entries(OPENER.lists)) {
        await add(word);
        for (const [at, line] of lines.entries()) {
          if (at > 0) await page.keyboard.press('Enter'); // goes on in the next line
          await page.keyboard.insertText(line);
        }
      }
    },
    fillTexts: async () => {
      for (const [name, text] of Object.entries(OPENER.texts)) await field('text', name).fill(text);
      await field('text', 'Write-up').fill(WRITE_UP);
      await field('coming', 'Does it answer who writes back').selectOption('yes');
      await field('coming', 'How it answers').fill('with the same link again');
    },
    fillRows: async () => {
      for (const [word, rows] of Object.entries(OPENER.rows)) {
        for (const [at, fields] of rows.entries()) {
          await add(word);
          for (const [name, value] of Object.entries(fields)) await write(cell(`${word} ${at + 1}`, name), value);
        }
      }
    },
  };
}

/** A text or a choice, by the name that it is read out with. */
function fieldIn(part: Locator, name: string): Locator {
  const by = { name, exact: true };
  return part.getByRole('textbox', by).or(part.getByRole('combobox', by));
}

async function write(field: Locator, value: string): Promise<void> {
  const isChoice = (await field.evaluate((one) => one.tagName)) === 'SELECT';
  await (isChoice ? field.selectOption(value) : field.fill(value));
}
