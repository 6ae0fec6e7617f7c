import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The board and the console as static files that hold under `default-src 'self'; style-src 'self'; img-src 'self' data:`
// (docs/adr/0050): nothing inline, nothing from elsewhere.
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react()],
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
