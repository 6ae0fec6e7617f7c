// What is known of a TLS link: whether its certificate is trusted, and its channel bindings.
import { hash, X509Certificate } from 'node:crypto';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Whether a certificate is one that the operator gave. */
export function isPinned(certificate: X509Certificate, ca: string | undefined): boolean {
  for (const pem of ca?.match(PEM) ?? []) {
    try {
      if (new X509Certificate(pem).raw.equals(certificate.raw)) return true;
    } catch {
      // Not a certificate: TLS itself has refused the `ca` by then, or it is of no use.
    }
  }
  return false;
}

/** RFC 5929 4: the certificate's hash by its signature's hash algorithm, SHA-256 instead of MD5 and SHA-1. */
export function endPointBinding(certificate: X509Certificate): Uint8Array | undefined {
  const name = certificate.signatureAlgorithm ?? '';
  const digits = /sha-?(224|256|384|512)/i.exec(name)?.[1];
  if (digits !== undefined) return hash(`sha${digits}`, certificate.raw, 'buffer');
  return /md5|sha-?1/i.test(name) ? hash('sha256', certificate.raw, 'buffer') : undefined;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed; give it as `ca` if it is the right one',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is signed by a root that is not trusted; give that root as `ca`',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is signed by a root that is not trusted; give that root as `ca`',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is signed by a root that is not trusted; give that root as `ca`',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet, or the clock of this machine is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
};

/** A sentence for what OpenSSL or Node says of a certificate. */
export function problemOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return PROBLEMS[code] ?? `the certificate is not trusted (${code})`;
}
