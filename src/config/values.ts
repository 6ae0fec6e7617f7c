// Values that several settings have in common.
import { z } from 'zod';
import { isLoopbackHost } from '../core/loopback.ts';

export const port = z.number().int().min(1).max(65535);

/** Whether a host is this machine, by its name. */
export const isLoopback = (host: string | undefined): boolean => host !== undefined && isLoopbackHost(host);
