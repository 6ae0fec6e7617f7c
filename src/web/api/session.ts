// Signing in and out, by the sign-in library's own addresses under /api/auth.
import { sendJson } from './client.ts';

export type SignIn = 'signed-in' | 'code-wanted';

/** E-mail and password. `code-wanted`: the account has a second factor. @throws ApiFailure */
export async function signIn(email: string, password: string): Promise<SignIn> {
  const answer = await sendJson<{ readonly twoFactorRedirect?: boolean } | undefined>(
    'POST',
    '/api/auth/sign-in/email',
    { email, password },
  );
  return answer?.twoFactorRedirect === true ? 'code-wanted' : 'signed-in';
}

/** The six digits of the second factor. @throws ApiFailure */
export async function verifyCode(code: string): Promise<void> {
  await sendJson<unknown>('POST', '/api/auth/two-factor/verify-totp', { code });
}

/** @throws ApiFailure */
export async function signOut(): Promise<void> {
  await sendJson<unknown>('POST', '/api/auth/sign-out', {});
}
