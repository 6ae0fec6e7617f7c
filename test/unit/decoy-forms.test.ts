// The command's options and the browser's fields, held against the settings that decoys have.
import { describe, expect, test } from 'vitest';
import { DECOY_KINDS as COMMAND_KINDS, SETTING_OPTIONS } from '../../src/cli/decoy-settings.ts';
import { DecoyConfig } from '../../src/decoys/decoy-config.ts';
import { decoyConfigOf } from '../../src/web/console/decoy-draft.ts';
import { DECOY_KINDS as FORM_KINDS } from '../../src/web/console/decoy-kinds.ts';

type Keys = ReadonlySet<string>;

/** Every form of settings, `xmpp client`, `irc` …, with its keys. */
const SCHEMAS: ReadonlyMap<string, Keys> = new Map(
  DecoyConfig.options.flatMap((option): [string, Keys][] =>
    'shape' in option
      ? [[option.shape.network.value, new Set(Object.keys(option.shape))]]
      : option.options.map(({ shape }): [string, Keys] => [
          `${shape.network.value} ${shape.mode.value}`,
          new Set(Object.keys(shape)),
        ]),
  ),
);
/** Of a kind as the command calls it. */
const keysOf = (kind: string): Keys | undefined =>
  SCHEMAS.get(kind === 'xmpp' ? 'xmpp client' : kind.replace(' --', ' '));

describe('sundew decoy add', () => {
  test('knows every kind that there is, and no other', () => {
    expect(Object.keys(COMMAND_KINDS)).toHaveLength(SCHEMAS.size);
    for (const kind of Object.keys(COMMAND_KINDS)) expect([kind, keysOf(kind)?.has('address')]).toEqual([kind, true]);
  });

  test.each(SETTING_OPTIONS)('$flags is a setting of each kind that it goes with', ({ as }) => {
    for (const [kind, setting] of Object.entries(as))
      expect([kind, [...(keysOf(kind) ?? [])]]).toEqual([kind, expect.arrayContaining([setting])]);
  });
});

describe('the form of the console', () => {
  test('knows every kind that there is, and no other', () => {
    const kinds = Object.values(FORM_KINDS).map(({ settings: { network = '', mode } }) =>
      mode === undefined ? network : `${network} ${mode}`,
    );
    expect(kinds.sort()).toEqual([...SCHEMAS.keys()].sort());
  });

  const sample = (input: string | undefined): string => (input === 'number' ? '5000' : 'x');

  test.each(Object.entries(FORM_KINDS))(
    '%s: what its fields say is taken, by those required alone and by all',
    (type, kind) => {
      for (const fields of [kind.fields.filter(({ required }) => required), kind.fields]) {
        const values = Object.fromEntries(fields.map(({ key, input }) => [key, sample(input)]));
        const config = decoyConfigOf({ type, name: 'dora', values });
        expect(DecoyConfig.safeParse(config)).toMatchObject({ success: true });
      }
    },
  );
});
