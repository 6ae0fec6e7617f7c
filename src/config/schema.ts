// Every setting of Sundew, with its default and its meaning. docs/configuration.md is this file as a table.
import { z } from 'zod';
import { LEVELS } from '../core/link.ts';
import { NETWORKS } from '../core/network.ts';
import { ImAccounts } from './im-accounts.ts';
import { isLoopback, port } from './values.ts';

const Http = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address to listen on; anything but loopback is open to others'),
  port: port.default(8080).describe('port to listen on'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address as others see it, in links of alerts'),
  trustProxy: z
    .boolean()
    .default(false)
    .describe('whether a reverse proxy stands before it, whose X-Forwarded-* count'),
});

const Mail = z
  .strictObject({
    host: z.string().min(1).describe('SMTP server that takes outgoing mail'),
    port: port.default(587).describe('its port'),
    security: z
      .enum(['starttls', 'direct', 'none'])
      .default('starttls')
      .describe('TLS; `none` for a loopback host only'),
    username: z.string().min(1).optional().describe('account at the SMTP server'),
    password: z.string().min(1).optional().describe('its password'),
    password_file: z.string().min(1).optional().describe('file that holds the password'),
    from: z.string().min(3).describe('sender, such as `Sundew <alerts@example.org>`'),
    envelope: z.string().min(3).optional().describe('envelope sender, where bounces go; that of `from` unless told'),
  })
  .refine((mail) => mail.security !== 'none' || isLoopback(mail.host), {
    path: ['security'],
    message: 'may be none for a loopback host only',
  });

const Alerts = z.strictObject({
  dailyBudget: z.number().int().min(1).max(1000).default(12).describe('messages a subscriber gets in a day at most'),
  accounts: ImAccounts.prefault({}),
});

const level = z.enum(LEVELS);
const ceilings = Object.fromEntries(
  NETWORKS.map((network) => [network, level.optional().describe(`the same for ${network} alone`)]),
) as Record<(typeof NETWORKS)[number], z.ZodOptional<typeof level>>;

const MOST_ACCOUNTS = 10_000_000_000;
const Service = z
  .strictObject({
    population: z.number().int().min(1).max(MOST_ACCOUNTS).optional().describe('accounts that can be infected there'),
    decoys: z.number().int().min(1).max(MOST_ACCOUNTS).optional().describe('decoy addresses there'),
    lists: z.number().int().min(1).max(MOST_ACCOUNTS).optional().describe('contact lists that each of them stands on'),
  })
  .refine(
    ({ population, decoys, lists }) => new Set([population, decoys, lists].map((one) => one === undefined)).size === 1,
    {
      message: 'needs population, decoys and lists together, or none of them',
    },
  );
const services = Object.fromEntries(NETWORKS.map((network) => [network, Service.optional()])) as Record<
  (typeof NETWORKS)[number],
  z.ZodOptional<typeof Service>
>;

/** The whole of `sundew.yaml`. */
export const SettingsSchema = z.strictObject({
  http: Http.prefault({}),
  data: z
    .strictObject({ dir: z.string().min(1).default('./data').describe('directory of everything that is kept') })
    .prefault({}),
  database: z
    .strictObject({
      url: z.string().min(1).optional().describe('PostgreSQL 15 or later of your own; the embedded one unless told'),
      url_file: z.string().min(1).optional().describe('file that holds the URL'),
    })
    .prefault({}),
  sensor: z
    .strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes')
        .default('local')
        .describe('name of this sensor in captures; give away neither host nor place'),
    })
    .prefault({}),
  mail: Mail.optional(),
  alerts: Alerts.prefault({}),
  engagement: z
    .strictObject({
      ceiling: level.default('observe').describe('highest level that an approval may raise a decoy to'),
      networks: z.strictObject(ceilings).prefault({}),
    })
    .prefault({}),
  analysis: z
    .strictObject({
      clamd: z
        .string()
        .refine((address) => address.startsWith('/') || isLoopback(/^(.+):\d{1,5}$/.exec(address)?.[1]), {
          message: 'must be the path of a Unix socket, or host:port of this machine',
        })
        .optional()
        .describe('socket of a ClamAV daemon that files are shown to, such as `/run/clamav/clamd.ctl`'),
    })
    .prefault({}),
  forecast: z.strictObject({ networks: z.strictObject(services).prefault({}) }).prefault({}),
  range: z
    .strictObject({
      enabled: z.enum(['auto', 'off']).default('auto').describe('`auto` runs the range while no decoy is configured'),
    })
    .prefault({}),
  disclosure: z
    .strictObject({
      delayMin: z
        .number()
        .int()
        .min(0)
        .max(10_080)
        .default(15)
        .describe('minutes before the public sees text and hosts'),
    })
    .prefault({}),
  log: z
    .strictObject({ level: z.enum(['error', 'warn', 'info', 'debug']).default('info').describe('what the log holds') })
    .prefault({}),
});

/** What the program works with; `…_file` are already read into their secrets. */
export type Settings = z.output<typeof SettingsSchema>;
