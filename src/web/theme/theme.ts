import { createTheme } from '@mantine/core';

/** Mantine's side of the look. Colours stand in tokens.css: the page allows no style element to carry them. */
export const theme = createTheme({
  primaryColor: 'blue',
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
});
