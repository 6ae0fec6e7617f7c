import { createRouter } from '@tanstack/react-router';
import { routeTree } from './routes.ts';
import { readSearch, writeSearch } from './search-text.ts';

/** The addresses of the web. Search parameters are plain text, so that they can be typed by hand. */
export const router = createRouter({
  routeTree,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
