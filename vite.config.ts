import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Below this a packet holds the file as it is. */
const WORTH_BYTES = 1_400;

/** Writes `.br` and `.gz` beside each file, so that the server only picks one (docs/adr/0056). */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle: async ({ dir = '' }, bundle) => {
    for (const [name, file] of Object.entries(bundle)) {
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
      if (bytes.length < WORTH_BYTES || !/[.](js|css|svg)$/.test(name)) continue;
      await writeFile(join(dir, `${name}.br`), await promisify(brotliCompress)(bytes));
      await writeFile(join(dir, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }
  },
};

// The board and the console as static files that hold under `default-src 'self'; style-src 'self'; img-src 'self' data:`
// (docs/adr/0050): nothing inline, nothing from elsewhere.
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), compressed],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
