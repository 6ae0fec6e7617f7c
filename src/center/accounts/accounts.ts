// Sign-in for analysts, by better-auth: password, optional TOTP, sessions in the store. Nobody can register; the first
// admin comes by a one-time link, others by an admin.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin, bearer, twoFactor } from 'better-auth/plugins';
import { createAccessControl } from 'better-auth/plugins/access';
import { adminAc, defaultStatements, userAc } from 'better-auth/plugins/admin/access';
import pg from 'pg';
import { SundewError } from '../../core/error.ts';

/** The schema of the tables that better-auth owns. */
const SCHEMA = 'accounts';
export const ROLES = ['admin', 'analyst'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Whether signing in takes a code as well. */
  readonly twoFactor: boolean;
}

/** What an admin says of somebody who shall sign in. */
export type NewUser = Omit<User, 'twoFactor'> & { readonly password: string };

export interface Accounts {
  /** Answers better-auth's own addresses below /api/auth/. */
  handle(request: Request): Promise<Response>;
  /** Who sent these headers (cookie or bearer token), `undefined` for strangers. */
  identify(headers: Headers): Promise<User | undefined>;
  /** The token of the first admin's one-time link; `undefined` once there is an admin. */
  firstAdminToken(): Promise<string | undefined>;
  /** @throws SundewError NOT_ALLOWED when the token is wrong or used */
  createFirstAdmin(request: { token: string; name: string; email: string; password: string }): Promise<void>;
  /** @throws SundewError INPUT_INVALID when the address is taken */
  createUser(user: NewUser): Promise<void>;
  listUsers(): Promise<readonly User[]>;
  close(): Promise<void>;
}

const roleOf = (text: string | null | undefined): Role => (text === 'admin' ? 'admin' : 'analyst');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function makeAuth(pool: pg.Pool, options: { secret: string; publicUrl: string }) {
  const access = createAccessControl(defaultStatements);
  return betterAuth({
    appName: 'Sundew',
    baseURL: options.publicUrl,
    basePath: '/api/auth',
    secret: options.secret,
    database: pool,
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 10 } } },
    advanced: {
      useSecureCookies: options.publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-sundew-address'] },
    },
    // The board is reached by whatever name resolves to this machine; a request is trusted when its origin is its own host.
    trustedOrigins: (request) => {
      const host = request?.headers.get('host');
      return host ? [`http://${host}`, `https://${host}`] : [];
    },
    plugins: [
      admin({ ac: access, roles: { admin: adminAc, analyst: userAc }, adminRoles: ['admin'], defaultRole: 'analyst' }),
      twoFactor(),
      bearer(),
    ],
  });
}

/** Opens sign-in on a PostgreSQL; makes and migrates its schema. */
export async function openAccounts(options: { url: string; secret: string; publicUrl: string }): Promise<Accounts> {
  const pool = new pg.Pool({ connectionString: options.url, options: `-c search_path=${SCHEMA}`, max: 4 });
  // A killed database must not end the process: the next query reports it.
  pool.on('error', () => undefined);
  await pool.query(`create schema if not exists ${SCHEMA}`);
  const auth = makeAuth(pool, options);
  await (await getMigrations(auth.options)).runMigrations();
  await pool.query(
    'create table if not exists first_admin (one boolean primary key default true check (one), token_hash bytea not null)',
  );
  let issued: string | undefined;

  const createUser: Accounts['createUser'] = async ({ name, email, role, password }) => {
    const taken = await pool.query('select 1 from "user" where lower(email) = lower($1)', [email]);
    if (taken.rowCount !== 0) throw new SundewError('INPUT_INVALID', `a user with the address ${email} exists already`);
    await auth.api.createUser({ body: { name, email, password, role } });
  };

  return {
    handle: (request) => auth.handler(request),
    identify: async (headers) => {
      const session = await auth.api.getSession({ headers });
      if (!session) return undefined;
      const { name, email, role, twoFactorEnabled } = session.user;
      return { name, email, role: roleOf(role), twoFactor: twoFactorEnabled === true };
    },
    firstAdminToken: async () => {
      const admins = await pool.query(`select 1 from "user" where role = 'admin' limit 1`);
      if (admins.rowCount !== 0) return undefined;
      issued ??= randomBytes(18).toString('base64url');
      await pool.query(
        'insert into first_admin (token_hash) values ($1) on conflict (one) do update set token_hash = excluded.token_hash',
        [digest(issued)],
      );
      return issued;
    },
    createFirstAdmin: async ({ token, name, email, password }) => {
      // Deleting the row is what uses the link up: two requests at once cannot both win.
      const row = (await pool.query<{ token_hash: Buffer }>('select token_hash from first_admin')).rows[0];
      if (!row || !timingSafeEqual(row.token_hash, digest(token))) {
        throw new SundewError(
          'NOT_ALLOWED',
          'this link is not valid or was used: take the one printed at the last start',
        );
      }
      const used = await pool.query('delete from first_admin where token_hash = $1', [row.token_hash]);
      if (used.rowCount !== 1) throw new SundewError('NOT_ALLOWED', 'this link was used a moment ago');
      issued = undefined;
      await createUser({ name, email, role: 'admin', password });
    },
    createUser,
    listUsers: async () => {
      const { rows } = await pool.query<{ name: string; email: string; role: string; twoFactor: boolean }>(
        'select name, email, role, coalesce("twoFactorEnabled", false) as "twoFactor" from "user" order by email',
      );
      return rows.map((row) => ({ ...row, role: roleOf(row.role) }));
    },
    close: async () => {
      await pool.end();
    },
  };
}
