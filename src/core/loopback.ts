// Whether a host, as written in settings, is this machine.

/** `localhost` and the loopback addresses, by name: a link knows better once it is open. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
