import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleStatement } from '../warning/rules.ts';
import type { WarningChange, WarningRecord } from '../warning/types.ts';
import { AlertBody, alertBodyOf } from './alert-body.ts';
import { alertMessage, infoText, MAX_SHORT_CHARS } from './message.ts';
import { confirmationMessage } from './notice.ts';
import { warningChange } from './testing/fakes.ts';

const NOW = new Date('2026-03-01T12:01:00Z');
const DELIVERY = { id: 'd-1', revision: 1, subscriber: 's-1', to: 'ann@readers.example' };
const LINKS = { publicUrl: 'https://sundew.example', stopToken: 'A'.repeat(22) };
const messageOf = (part: Partial<WarningRecord> = {}, change: WarningChange['change'] = 'raised') =>
  alertMessage(alertBodyOf(warningChange(part, change), NOW), DELIVERY, LINKS);

describe('an alert in words', () => {
  it('says what, whom, how it looks, what to do, why, what is unknown, and how to stop', () => {
    const { subject, text } = messageOf();
    expect(subject).toBe('[Sundew high] XMPP: Worm on XMPP: link to an executable posing as a picture (W-7K3F)');
    for (const part of [
      'Warning W-7K3F, revision 1, advisory, severity high, XMPP',
      'Who is at risk',
      'hxxp://pictures[.]example/me[.]scr',
      '1. Do not open the link.',
      '3. Run a virus scan',
      '30-99 messages from 10-29 senders reached 3-9 of our decoys',
      'What we do not know',
      'executable behind the name of a picture',
      'Issued 2026-03-01 12:00 UTC',
      'https://sundew.example/warnings/W-7K3F',
      'https://sundew.example/unsubscribe/AAAAAAAAAAAAAAAAAAAAAA',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Fourth');
    expect(text).not.toMatch(/\b(?:42|17)\b/);
  });

  it('ends, before the foot, with the rules it rests on, how often they are wrong and on what data', () => {
    const { text, short } = messageOf({ rules: [ruleStatement('two-decoys'), ruleStatement('contagion')] });
    const [above = '', below = ''] = text.split('\n\nWhy this warning\n');
    expect(above).toContain('first seen 2026-03-01 12:00 UTC');
    expect(below).toMatch(/^ {2}By the rule: Two independent decoys were touched by the same harmful message\.$/m);
    expect(below).toMatch(/^ {2}How often it is wrong: 36 of 393 such warnings were of harmless texts \(9 %\)/m);
    expect(below).toMatch(/^ {2}Measured on 25,087 harmless and 3,687 bad short messages/m);
    expect(below).toMatch(/^ {2}By the rule: New senders come as they do/m);
    expect(below).toMatch(/^ {2}In full: https:\/\/sundew\.example\/warnings\/W-7K3F\n\n-- \n/m);
    expect(short).toContain(' Rule: two-decoys.\n');
    expect(short).not.toContain('393');
  });

  it('has no room for the rule in a short form that is full', () => {
    const { short } = messageOf({ advice: ['long '.repeat(100)], rules: [ruleStatement('two-decoys')] });
    expect(short).not.toContain('Rule:');
    expect([...short].length).toBeLessThanOrEqual(MAX_SHORT_CHARS);
  });

  it('says of an all-clear by which rule, of a correction none, and nothing of rules that the record does not know', () => {
    const rules = [ruleStatement('quiet')];
    expect(messageOf({ rules, kind: 'all-clear' }, 'ended').text).toContain(
      'Why this all-clear\n  By the rule: No capture',
    );
    expect(messageOf({ rules }, 'corrected').text).not.toContain('By the rule');
    for (const change of ['raised', 'ended'] as const)
      expect(messageOf({}, change).text).not.toMatch(/Why this (warning|all)/);
  });

  it('tells on request, by instant message, what the mail tells of rules', () => {
    const body = alertBodyOf(warningChange({ rules: [ruleStatement('proof')] }), NOW);
    expect(infoText(body, LINKS.publicUrl)).toContain(`How often it is wrong: ${ruleStatement('proof').wrong}`);
  });

  it('marks what the range made, in the subject and in both texts', () => {
    const message = messageOf({ simulated: true });
    expect(message.subject).toMatch(/^\[SIMULATED\]/);
    expect(message.text).toMatch(/^SIMULATED/);
    expect(message.short).toMatch(/^\[SIMULATED\]/);
  });

  it.each([
    { change: 'updated', subject: 'Update: ', text: 'New on an earlier warning' },
    { change: 'ended', subject: 'All clear: ', text: 'It is over' },
    { change: 'corrected', subject: 'Correction: ', text: 'We were wrong' },
  ] as const)('says of a warning that was $change what that means', ({ change, subject, text }) => {
    const message = messageOf({}, change);
    expect(message.subject).toContain(subject);
    expect(message.text.startsWith(text)).toBe(true);
  });

  it('keeps the id and the thread of a delivery the same, whatever else changes', () => {
    expect(messageOf({ title: 'other' }).stableId).toBe(messageOf().stableId);
    expect(messageOf({ revision: 7 }).thread).toBe(messageOf().thread);
  });

  it('lets no captured text act: no live link, no control, a bounded length', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.webUrl({ withFragments: true }),
      fc.constantFrom('a\r\nBcc: x@y.example', '\u202Egpj.exe', 'HTTPS://EVIL.EXAMPLE/x', 'x'.repeat(100_000)),
    );
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: 4, maxLength: 4 }),
        ([title = '', template = '', line = '', value = '']) => {
          const message = messageOf({
            title,
            template,
            reasons: [line, title],
            advice: [line],
            indicators: [{ type: 'url', value }],
            threat: { id: 't', name: title },
          });
          expect(message.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect([...message.subject].length).toBeLessThanOrEqual(200);
          expect([...message.short].length).toBeLessThanOrEqual(MAX_SHORT_CHARS);
          expect(message.text.length).toBeLessThan(20_000);
          expect(message.text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
          const foreign = `${message.text} ${message.short}`.replaceAll(/https:\/\/sundew\.example\/\S*/g, '');
          expect(foreign).not.toMatch(/\bhttps?:\/\//i);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads back from the store what it wrote', () => {
    const body = alertBodyOf(warningChange({ rules: [ruleStatement('spread')] }), NOW);
    expect(body.rules).toEqual([ruleStatement('spread')]);
    expect(AlertBody.parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
  });
});

describe('a confirmation', () => {
  it('holds the link, the code and no word of a stranger', () => {
    const message = confirmationMessage(
      DELIVERY,
      { networks: ['xmpp', 'irc'], minSeverity: 'high', kinds: ['warnings', 'monthly'] },
      { token: 'T'.repeat(22), code: '012345' },
      'https://sundew.example',
    );
    expect(message.text).toContain(`https://sundew.example/confirm/${'T'.repeat(22)}`);
    expect(message.short).toContain('confirm 012345');
    expect(message.text).toContain('warnings (XMPP, IRC, severity high and above) and the monthly bulletin');
    expect(message.stopUrl).toBeUndefined();
  });
});
