import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../captures/testing/temp-dir.ts';
import { SILENT } from '../../core/clock.ts';
import { isSundewError } from '../../core/error.ts';
import type { Level } from '../../core/link.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import type { Approval } from './approvals.ts';
import { type Engagement, openEngagement } from './engagement.ts';
import { openSaidBook } from './said.ts';

const DORA = { network: 'xmpp', decoy: 'dora' } as const;
const DAY = 24 * 60 * 60_000;

function approval(of: Partial<Approval> = {}): Approval {
  return {
    level: 'accept',
    network: 'xmpp',
    approver: 'Ann Example',
    reason: 'file offers of the worm of January',
    approved: '2026-01-01T00:00:00.000Z',
    expires: '2026-01-31T00:00:00.000Z',
    ...of,
  };
}

function open(
  dir: string,
  clock: FakeClock,
  ceiling: Level = 'respond-minimal',
  journal = new MemoryJournal(),
): Engagement {
  return openEngagement({ dir, ceiling, clock, log: SILENT, journal });
}

describe('the effective level', () => {
  it('is observe without an approval, whatever the ceiling', async () => {
    await using dir = await tempDir();
    expect(open(dir.path, new FakeClock(), 'respond-scripted').level(DORA)).toBe('observe');
  });

  it('is what an approval says until it expires, for the decoys that it names', async () => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const journal = new MemoryJournal();
    const engagement = open(dir.path, clock, 'accept', journal);
    await engagement.approve(approval({ decoys: ['dora'] }));
    expect(engagement.level(DORA)).toBe('accept');
    expect(engagement.level({ network: 'xmpp', decoy: 'erik' })).toBe('observe');
    expect(engagement.level({ network: 'irc', decoy: 'dora' })).toBe('observe');
    expect(journal.json('engagement')).toMatchObject([{ event: 'approve', approval: { approver: 'Ann Example' } }]);
    expect((await stat(join(dir.path, 'engagement.yaml'))).mode & 0o077).toBe(0);
    await clock.advance(31 * DAY);
    expect(engagement.level(DORA)).toBe('observe');
    expect(engagement.approvals()).toMatchObject([{ problem: 'has expired' }]);
  });

  it('never passes a ceiling', async () => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const low = open(dir.path, clock, 'observe');
    await low.approve(approval());
    expect(low.level(DORA)).toBe('observe');
    const networks = { xmpp: 'observe' } as const;
    const byNetwork = openEngagement({ dir: dir.path, ceiling: 'accept', networks, clock, log: SILENT });
    expect(byNetwork.level(DORA)).toBe('observe');
    expect(open(dir.path, clock, 'accept').level(DORA)).toBe('accept');
  });

  it.each<[string, Partial<Approval>]>([
    ['lasts longer than a level may', { expires: '2026-06-01T00:00:00.000Z' }],
    ['lacks a second person', { level: 'respond-minimal' }],
    ['has one person twice', { level: 'respond-minimal', second: 'ann example ' }],
    ['lacks a sign-off', { level: 'respond-scripted', second: 'Bob', expires: '2026-01-10T00:00:00.000Z' }],
    ['has expired', { expires: '2025-12-31T00:00:00.000Z', approved: '2025-12-01T00:00:00.000Z' }],
    ['is from the future', { approved: '2026-01-05T00:00:00.000Z' }],
  ])('is not raised by an approval that %s (I-15)', async (_, of) => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const engagement = open(dir.path, clock);
    await expect(engagement.approve(approval(of))).rejects.toSatisfy((error) => isSundewError(error, 'CONFIG_INVALID'));
    await writeFile(join(dir.path, 'engagement.yaml'), JSON.stringify({ approvals: [approval(of)] }));
    await clock.advance(1000);
    expect(engagement.level(DORA)).toBe('observe');
  });

  it('is observe when the file of approvals cannot be read (I-28)', async () => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const engagement = open(dir.path, clock);
    await engagement.approve(approval());
    expect(engagement.level(DORA)).toBe('accept');
    for (const bad of ['approvals: 7', ': {', 'approvals: []\nunknown: 1', '&a [*a,*a]']) {
      await writeFile(join(dir.path, 'engagement.yaml'), bad);
      await clock.advance(1000);
      expect(engagement.level(DORA)).toBe('observe');
    }
  });
});

describe('the kill switch', () => {
  it('drops everything to observe at once, and stays so over restarts until it is taken back', async () => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const journal = new MemoryJournal();
    const engagement = open(dir.path, clock, 'accept', journal);
    await engagement.approve(approval());
    const stopping = engagement.stop('court order', 'ann');
    expect(engagement.level(DORA)).toBe('observe');
    await stopping;
    expect(engagement.stopped).toBe(true);
    const restarted = open(dir.path, clock, 'accept');
    expect(restarted.level(DORA)).toBe('observe');
    await restarted.resume('over', 'ann');
    expect(restarted.level(DORA)).toBe('accept');
    expect(journal.json('engagement')).toMatchObject([
      { event: 'approve' },
      { event: 'stop', reason: 'court order', by: 'ann' },
    ]);
  });

  it('works by a file made by hand, within a second', async () => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const engagement = open(dir.path, clock, 'accept');
    await engagement.approve(approval());
    await writeFile(join(dir.path, 'engagement.stopped'), '');
    await clock.advance(999);
    expect(engagement.level(DORA)).toBe('observe');
    await rm(join(dir.path, 'engagement.stopped'));
  });

  it('holds even when its file cannot be written', async () => {
    await using dir = await tempDir();
    const clock = new FakeClock();
    const engagement = open(dir.path, clock, 'accept');
    await engagement.approve(approval());
    await mkdir(join(dir.path, 'engagement.stopped.new'));
    await expect(engagement.stop('x', 'y')).rejects.toThrow();
    await clock.advance(5000);
    expect(engagement.level(DORA)).toBe('observe');
  });
});

describe('the book of what was said', () => {
  it('remembers over restarts for a day', async () => {
    await using dir = await tempDir();
    const path = join(dir.path, 'said');
    const now = new Date('2026-01-01T00:00:00Z');
    openSaidBook(path).remember('dora', 'bot@x', now);
    const again = openSaidBook(path);
    expect(again.saidToday('dora', 'bot@x', new Date(now.getTime() + DAY - 1))).toBe(true);
    expect(again.saidToday('dora', 'bot@x', new Date(now.getTime() + DAY))).toBe(false);
    expect(again.saidToday('erik', 'bot@x', now)).toBe(false);
    expect(await readFile(path, 'utf8')).toContain('bot@x');
  });
});
