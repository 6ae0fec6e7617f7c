// What an operator does in the browser: finds fields and buttons by their words, reads what is shown.
import type { Locator } from 'playwright-core';
import type { Watched } from './browser.ts';

export const EMAIL = 'ada@sundew.example';
export const PASSWORD = 'a long enough sentence';
export const WAIT = { timeout: 30_000 } as const;

export interface Operator {
  field(name: string | RegExp): Locator;
  button(name: string | RegExp): Locator;
  /** Waits for the page of that title. */
  heading(name: string | RegExp): Promise<void>;
  /** Waits for a text. */
  shown(text: string | RegExp): Promise<void>;
  /** Follows the one-time link and makes the first administrator. */
  setUp(link: string): Promise<void>;
  /** The first factor. */
  signIn(): Promise<void>;
  /** Sets up with the link in what start printed, and signs in for the first time. */
  begin(output: string): Promise<void>;
}

export function operatorAt({ page, visit }: Watched): Operator {
  const field = (name: string | RegExp): Locator => page.getByRole('textbox', { name });
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const operator: Operator = {
    field,
    button,
    heading: (name) => page.getByRole('heading', { level: 1, name }).waitFor(WAIT),
    shown: (text) => page.getByText(text).first().waitFor(WAIT),
    setUp: async (link) => {
      await visit(link);
      await field('Name').fill('Ada Operator');
      await field('E-mail address').fill(EMAIL);
      await field('Password').fill(PASSWORD);
      await button('Make the administrator').click();
    },
    signIn: async () => {
      await visit('/login');
      await field('E-mail address').fill(EMAIL);
      await field('Password').fill(PASSWORD);
      await button('Sign in').click();
    },
    begin: async (output) => {
      await operator.setUp(setupLinkIn(output));
      await operator.shown('The administrator is there.');
      await operator.signIn();
      await operator.heading('Overview');
    },
  };
  return operator;
}

/** The path of the one-time link in what start printed. */
export function setupLinkIn(output: string): string {
  return /http:\S+(\/setup\?token=\S+)/.exec(output)?.[1] ?? '';
}
