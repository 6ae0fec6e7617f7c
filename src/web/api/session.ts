// Signing in and out and the second factor, by the sign-in library's own addresses under /api/auth.
import { sendJson } from './client.ts';

export type SignIn = 'signed-in' | 'code-wanted';

/** What an authenticator is given: an `otpauth:` address that holds the secret, and codes for when it is lost. */
export interface Enrolment {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

/** E-mail and password. `code-wanted`: the account has a second factor. @throws ApiFailure */
export async function signIn(email: string, password: string): Promise<SignIn> {
  const answer = await sendJson<{ readonly twoFactorRedirect?: boolean } | undefined>(
    'POST',
    '/api/auth/sign-in/email',
    { email, password },
  );
  return answer?.twoFactorRedirect === true ? 'code-wanted' : 'signed-in';
}

/** The six digits of the second factor; when enrolling, the proof that the authenticator works. @throws ApiFailure */
export async function verifyCode(code: string): Promise<void> {
  await sendJson<unknown>('POST', '/api/auth/two-factor/verify-totp', { code });
}

/** One of the backup codes instead; it works once. @throws ApiFailure */
export async function verifyBackupCode(code: string): Promise<void> {
  await sendJson<unknown>('POST', '/api/auth/two-factor/verify-backup-code', { code });
}

/** Begins the enrolment of an authenticator; nothing is asked at sign-in before its first code is verified. @throws ApiFailure */
export function startEnrolment(password: string): Promise<Enrolment> {
  return sendJson<Enrolment>('POST', '/api/auth/two-factor/enable', { password });
}

/** @throws ApiFailure */
export async function disableTwoFactor(password: string): Promise<void> {
  await sendJson<unknown>('POST', '/api/auth/two-factor/disable', { password });
}

/** @throws ApiFailure */
export async function signOut(): Promise<void> {
  await sendJson<unknown>('POST', '/api/auth/sign-out', {});
}
