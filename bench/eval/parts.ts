// The parts of the scorecard, in the order in which they are printed.
import type { EvalPart } from './part.ts';
import { campaignsMild, campaignsSpintax } from './parts/campaigns.ts';
import { chatter } from './parts/chatter.ts';
import { files } from './parts/files.ts';
import { hosts } from './parts/hosts.ts';
import { lookAlikeDomains } from './parts/look-alike-domains.ts';
import { messages } from './parts/messages.ts';
import { telegram } from './parts/telegram.ts';
import { templates } from './parts/templates.ts';
import { types } from './parts/types.ts';
import { users } from './parts/users.ts';

export const PARTS: readonly EvalPart[] = [
  messages,
  types,
  telegram,
  chatter,
  users,
  hosts,
  lookAlikeDomains,
  files,
  campaignsMild,
  campaignsSpintax,
  templates,
];
