// The API as the web page uses it: a cookie, an Origin, JSON.

export interface BrowserSession {
  /** JSON in, JSON out; throws with the server's sentence. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Makes the first admin with the one-time link that the start printed, and signs in. */
export async function firstAdmin(url: string, printed: string): Promise<BrowserSession> {
  const token = /\/setup\?token=(\S+)/.exec(printed)?.[1];
  const admin = { email: 'ada@sundew.example', password: 'correct horse battery' };
  const stranger = session(url, () => undefined);
  await stranger.ask('POST', '/api/v1/setup', { token, name: 'Ada', ...admin });
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(admin),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return session(url, () => cookie);
}

function session(url: string, cookie: () => string | undefined): BrowserSession {
  return {
    ask: async <T>(method: string, path: string, body?: unknown) => {
      const kept = cookie();
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          origin: url,
          ...(kept === undefined ? {} : { cookie: kept }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}
