import { expect, test } from 'vitest';
import { captureIdOf, uuidOf } from './capture-id.ts';

// Made by the first release of the function: ids in journals and stores depend on them.
test.each([
  [['a', 'b'], 'facdde7a-bf1e-8c5b-b012-73ab2e282f79'],
  [['\ud800', '\udc00x'], '86c8e624-641c-8f29-b7dc-4ed784d61e6b'],
  [['ü€', '', ''], '54b78254-b4dc-8b3d-a26b-2d114ca7b09d'],
  [[], 'e3b0c442-98fc-8c14-9afb-f4c8996fb924'],
])('the id of %j stays what it was', (parts, id) => {
  expect(uuidOf(...parts)).toBe(id);
});

test('parts are kept apart: what stands in another part is another thing', () => {
  expect(uuidOf('ab', 'c')).not.toBe(uuidOf('a', 'bc'));
});

test('every id is a UUID of version 8', () => {
  for (let count = 0; count < 64; count += 1) {
    expect(uuidOf(String(count))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('with a message id of the network the content does not count', () => {
  const of = { network: 'xmpp', decoy: 'd@x', native: 'n1' };
  expect(captureIdOf(of, () => 'one')).toBe(captureIdOf(of, () => 'two'));
  expect(captureIdOf({ ...of, native: undefined }, () => 'one')).not.toBe(
    captureIdOf({ ...of, native: undefined }, () => 'two'),
  );
});
