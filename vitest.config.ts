import { defineConfig } from 'vitest/config';

// Suites: `unit` needs nothing but npm; `lab` needs real peers from Debian (scripts/install-peers.sh); `by-hand` needs peers
// that no package brings (docs/interop.md), so no command of ours runs it.
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/unit/**/*.test.ts'],
          globalSetup: ['src/storage/testing/global-setup.ts', 'test/lab/notice.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          testTimeout: 120_000,
          globalSetup: ['src/storage/testing/global-setup.ts', 'test/lab/peers.ts'],
        },
      },
      { extends: true, test: { name: 'by-hand', include: ['test/by-hand/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
});
