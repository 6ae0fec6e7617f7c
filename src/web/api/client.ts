// The one place that speaks HTTP: JSON in, JSON out, and every failure an ApiFailure with a sentence to show.

/** What the server found wrong at one place of what was sent; `at` is a path, as `entry.ratings.0.reason`. */
export interface FieldFailure {
  readonly at: string;
  readonly message: string;
}

/** Why a request did not succeed. `status` is 0 when no answer came at all. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldFailure[];

  constructor(
    status: number,
    code: string,
    message: string,
    options: ErrorOptions & { readonly fields?: readonly FieldFailure[] } = {},
  ) {
    const { fields = [], ...rest } = options;
    super(message, rest);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** A path with a query string; empty and undefined values are left out. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** GET. `T` is the contract's type of that address. @throws ApiFailure */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>('GET', path, undefined, signal);
}

/** POST, PUT or DELETE with a JSON body. @throws ApiFailure */
export function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return request<T>(method, path, body);
}

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new ApiFailure(0, 'UNREACHABLE', 'Sundew does not answer. Check that it is running, then try again.', {
      cause,
    });
  }
  const text = await response.text();
  const json = parse(text);
  if (!response.ok) throw failureOf(response.status, json);
  return json as T;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: a proxy's own page. The status says enough.
    return undefined;
  }
}

/** Reads `{error:{code,message}}` (Sundew) and `{code,message}` (the sign-in library). */
function failureOf(status: number, json: unknown): ApiFailure {
  const inner = field(json, 'error') ?? json;
  const message = field(inner, 'message');
  const code = field(inner, 'code');
  return new ApiFailure(
    status,
    typeof code === 'string' ? code : `HTTP_${status}`,
    typeof message === 'string' && message !== '' ? message : `Sundew answered with HTTP status ${status}.`,
    { fields: fieldsOf(field(inner, 'fields')) },
  );
}

function fieldsOf(json: unknown): readonly FieldFailure[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((one: unknown) => {
    const [at, message] = [field(one, 'at'), field(one, 'message')];
    return typeof at === 'string' && typeof message === 'string' ? [{ at, message }] : [];
  });
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The sentence to show for any error. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'Something went wrong. Try again.';
}
