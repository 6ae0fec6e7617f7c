// Our STIX under the validator of OASIS (PyPI: stix2-validator), which asks nobody else: lists kept elsewhere are left out.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WarningPage } from '../../src/center/api/contract.ts';
import { openTestCenter, type TestCenter } from '../../src/center/testing/open-center.ts';
import { until } from '../support/sundew.ts';
import { findProgram, needs } from './peers.ts';

const run = promisify(execFile);
type Page = ReturnType<(typeof WarningPage)['parse']>;

describe.skipIf(needs('stix2_validator'))('STIX of warnings', () => {
  let whole: TestCenter;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sundew-stix-'));
    whole = await openTestCenter();
  });
  afterAll(async () => {
    await whole[Symbol.asyncDispose]();
    await rm(dir, { recursive: true });
  });

  const bundleOf = async (id: string): Promise<string> => {
    const answer = await whole.call('GET', `/api/v1/warnings/${id}/stix`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/stix\+json;\s*version="?2[.]1"?/);
    return await answer.text();
  };
  /** Strict in everything but the version of ids (ours follow from what they name) and lists that are fetched from elsewhere. */
  const isValid = async (bundle: string): Promise<void> => {
    const file = join(dir, 'bundle.json');
    await writeFile(file, bundle);
    const options = ['--version', '2.1', '--enforce-refs', '--strict-types', '--strict-properties'];
    const { stdout } = await run(findProgram('stix2_validator') ?? '', [
      ...options,
      '-d',
      'uuid-check,all-external-sources',
      file,
    ]);
    expect(stdout).toContain('STIX JSON: Valid');
    expect(stdout).not.toContain('[!]');
  };

  test('is valid as it stands, as it is revoked, and as it counts again', async () => {
    const { id } = await until(async () => {
      const { warnings } = (await (await whole.call('GET', '/api/v1/warnings')).json()) as Page;
      return warnings.find(({ indicators }) => (indicators?.length ?? 0) > 0);
    });
    const standing = await bundleOf(id);
    await isValid(standing);
    expect(standing).not.toContain('revoked');
    const act = (path: string) =>
      whole.control.call('POST', `/api/v1/retractions${path}?realm=simulated`, { target: id, reason: 'A drill.' });
    await act('');
    const revoked = await bundleOf(id);
    await isValid(revoked);
    const { objects } = JSON.parse(revoked) as { objects: { type: string; revoked?: boolean }[] };
    const told = objects.filter(({ type }) => !['identity', 'marking-definition'].includes(type));
    expect(told.every((one) => one.revoked === true)).toBe(true);
    await act('/undo');
    await isValid(await bundleOf(id));
  });
});
