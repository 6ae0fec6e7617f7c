// Triage of files in a process without rights: whatever a file does to its reader, nobody else is hurt by it.
import { hash } from 'node:crypto';
import { messageOf } from '../../../core/error.ts';
import { LIMITS, type Limits } from '../budget.ts';
import { loadRules } from '../rules/load.ts';
import { hasYaraX } from '../rules/yara-x.ts';
import { typeNamed } from '../type-table.ts';
import { type Claim, type FileReport, type Finding, strongest } from '../types.ts';
import { SandboxChild } from './child.ts';

/** A scanner beside the sandbox, such as clamd: gets the bytes as they came. */
export interface Scanner {
  readonly name: string;
  /** @throws what hinders it; the file is triaged all the same */
  scan(bytes: Uint8Array, signal: AbortSignal): Promise<readonly Finding[]>;
}

export interface FileTriage extends AsyncDisposable {
  /** Never fails: what the sandbox could not bear is a finding. */
  triage(bytes: Uint8Array, claim: Claim): Promise<FileReport>;
  /** What looks at files here, and what is wrong with it; for `doctor`. */
  state(): Promise<TriageState>;
  close(): Promise<void>;
}

export interface TriageState {
  /** Undefined where no rules can be run. */
  readonly rules: string | undefined;
  readonly problems: readonly string[];
}

export interface FileTriageOptions {
  readonly limits?: Limits;
  /** The user's rules. */
  readonly rulesDir?: string;
  readonly scanners?: readonly Scanner[];
  /** Told once for each rule file or scanner that does not work. */
  readonly onProblem?: (sentence: string) => void;
  /** Resident memory of the sandbox; 1 GiB unless told. */
  readonly maxBytes?: number;
  /** The sandbox's program; only tests give another. */
  readonly entry?: string;
}

/** What a process has done with when it is replaced: WebAssembly memory only grows. */
const FILES_A_CHILD = 500;
const GRACE_MS = 3000;
const MAX_BYTES = 1024 * 1024 * 1024;

/** Opens the sandbox; its process starts with the first file. */
export function openFileTriage(options: FileTriageOptions = {}): FileTriage {
  return new Sandbox(options);
}

class Sandbox implements FileTriage {
  readonly #options: FileTriageOptions;
  readonly #limits: Limits;
  readonly #told = new Set<string>();
  #child: SandboxChild | undefined;
  #files = 0;
  #state: TriageState = { rules: undefined, problems: [] };
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: FileTriageOptions) {
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  async triage(bytes: Uint8Array, claim: Claim): Promise<FileReport> {
    const [report, scanned] = await Promise.all([this.#inTurn(() => this.#inSandbox(bytes, claim)), this.#scan(bytes)]);
    return scanned.length === 0 ? report : { ...report, findings: strongest([...scanned, ...report.findings]) };
  }

  async state(): Promise<TriageState> {
    await this.#inTurn(() => this.#ready());
    return this.#state;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#child?.end();
    await this.#turn;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** One at a time: two bombs at once are twice the memory. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined); // the caller hears of it
    return turn;
  }

  async #inSandbox(bytes: Uint8Array, claim: Claim): Promise<FileReport> {
    if (bytes.length > this.#limits.fileBytes) return bareReport(bytes, claim, 'it is larger than is looked into');
    try {
      const child = await this.#ready();
      this.#files += 1;
      const answer = await child.ask({ type: 'file', bytes, claim }, this.#limits.timeMs + GRACE_MS);
      if (answer.type === 'report') return answer.report;
      return bareReport(bytes, claim, answer.type === 'failed' ? answer.message : 'the sandbox answered nonsense');
    } catch (error) {
      return bareReport(bytes, claim, messageOf(error));
    }
  }

  async #ready(): Promise<SandboxChild> {
    if (this.#child?.alive === true && this.#files < FILES_A_CHILD) return this.#child;
    this.#child?.end();
    this.#files = 0;
    const { maxBytes = MAX_BYTES, rulesDir, entry } = this.#options;
    const { sources, problems } = await loadRules(rulesDir);
    const child = new SandboxChild({ maxBytes, addons: hasYaraX(), ...(entry === undefined ? {} : { entry }) });
    this.#child = child;
    if (this.#closed) child.end();
    const answer = await child.ask({ type: 'start', limits: this.#limits, rules: sources });
    if (answer.type === 'ready') this.#state = { rules: answer.engine, problems: [...problems, ...answer.problems] };
    for (const problem of this.#state.problems) this.#tell(problem);
    return child;
  }

  async #scan(bytes: Uint8Array): Promise<readonly Finding[]> {
    const signal = AbortSignal.timeout(this.#limits.timeMs);
    const scanned = (this.#options.scanners ?? []).map(async (scanner) => {
      try {
        return await scanner.scan(bytes, signal);
      } catch (error) {
        this.#tell(`${scanner.name}: ${messageOf(error)}`);
        return [];
      }
    });
    return (await Promise.all(scanned)).flat();
  }

  #tell(sentence: string): void {
    if (this.#told.has(sentence) || this.#told.size >= 100) return;
    this.#told.add(sentence);
    this.#options.onProblem?.(sentence);
  }
}

/** What can be said of a file that could not be looked into: its hashes, and that. */
function bareReport(bytes: Uint8Array, { name }: Claim, why: string): FileReport {
  const finding: Finding = { rank: 'odd', says: `not looked into: ${why.slice(0, 200)}` };
  return {
    ...(name === undefined ? {} : { name: name.slice(0, 512) }),
    size: bytes.length,
    type: typeNamed('application/octet-stream'),
    sha256: hash('sha256', bytes, 'hex'),
    sha1: hash('sha1', bytes, 'hex'),
    md5: hash('md5', bytes, 'hex'),
    facts: {},
    findings: [finding],
    links: [],
    members: [],
    unopened: [finding.says],
  };
}
