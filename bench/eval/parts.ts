// The parts of the scorecard, in the order in which they are printed.
import type { EvalPart } from './part.ts';
import { campaignsMild, campaignsSpintax } from './parts/campaigns.ts';
import { files } from './parts/files.ts';
import { hosts } from './parts/hosts.ts';
import { lookAlikeDomains } from './parts/look-alike-domains.ts';

export const PARTS: readonly EvalPart[] = [hosts, lookAlikeDomains, files, campaignsMild, campaignsSpintax];
