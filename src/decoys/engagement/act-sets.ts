// Acts that go together: where a frame's bytes tell what it is, it may be sent as one of a set alone.
import type { Act } from '../../core/link.ts';

/** Without these a frame that has no words and names nobody could pass for a handshake. */
export const OWN_SERVER: readonly Act[] = ['sign-on', 'sign-off', 'keep-alive', 'acknowledge', 'presence'];
/** Words to somebody. */
export const WRITING: readonly Act[] = ['say', 'notify', 'command-reply'];
