// Values that several settings have in common.
import { z } from 'zod';

export const port = z.number().int().min(1).max(65535);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Whether a host is this machine, by its name. */
export const isLoopback = (host: string | undefined): boolean => host !== undefined && LOOPBACK.test(host);
