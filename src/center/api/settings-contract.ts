// The HTTP API of settings that the console can change: outgoing mail, accounts that send alerts, sizes of services.
import { z } from 'zod';
import { IM_KINDS } from '../../alerts/channel.ts';
import { NETWORKS } from '../../core/network.ts';

const network = z.enum(NETWORKS);

export const MailSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535).default(587),
  security: z.enum(['starttls', 'direct', 'none']).default('starttls'), // none: loopback only
  username: z.string().optional(),
  password: z.string().optional(), // never read back
  from: z.string().min(3), // Name <alerts@example.org>
});
/** GET, PUT /api/v1/settings/mail; POST /api/v1/settings/mail/test {to} */
export const MailState = z.object({
  configured: z.boolean(),
  settings: MailSettings.omit({ password: true }).optional(),
  hasPassword: z.boolean(),
});
export const MailTest = z.object({ to: z.email() });
/** What belongs to the network is in docs/configuration.md, `alerts.accounts.<network>`; anything else is refused. */
export const ImAlertSettings = z.object({
  address: z.string(),
  password: z.string().optional(), // never read back
  host: z.string().optional(),
  port: z.number().int().optional(),
  tls: z.enum(['starttls', 'direct', 'none']).optional(),
  ca: z.string().optional(),
  insecure: z.boolean().optional(),
  hosts: z.string().optional(),
  login: z.enum(['md5', 'roasted']).optional(),
  dialect: z.number().int().optional(),
  loginUrl: z.string().optional(),
  nexusUrl: z.string().optional(),
});
export const ImNetwork = z.object({ network: z.enum(IM_KINDS) });
/** PUT /api/v1/settings/im/:network: the notifier account that sends alerts there. Never an address of a decoy. */
export const ImAlertState = z.object({
  network: z.enum(IM_KINDS),
  configured: z.boolean(),
  settings: ImAlertSettings.omit({ password: true }).optional(),
  hasPassword: z.boolean(),
  state: z.string(),
});
/** GET /api/v1/settings/im: one for each network that alerts can go out on. */
export const ImAlertList = z.object({ accounts: z.array(ImAlertState) });

const accounts = z.number().int().min(1).max(10_000_000_000);
/** What turns decoy hits into infected accounts: of the service, decoys there, and contact lists each stands on. */
export const ServiceSize = z.strictObject({ population: accounts, decoys: accounts, lists: accounts });
/** PUT /api/v1/settings/forecast/:network; without a size what was told is forgotten. */
export const ServiceDraft = z.strictObject({ size: ServiceSize.optional() });
/** GET /api/v1/settings/forecast */
export const ServiceList = z.object({ services: z.array(z.object({ network, size: ServiceSize.optional() })) });
