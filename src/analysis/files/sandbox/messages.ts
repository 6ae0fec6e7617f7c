// What the sandbox and the rest say to each other.
import type { Limits } from '../budget.ts';
import type { RuleSource } from '../rules/rule.ts';
import type { Claim, FileReport } from '../types.ts';

export type ToSandbox =
  | { readonly type: 'start'; readonly limits: Limits; readonly rules: readonly RuleSource[] }
  | { readonly type: 'file'; readonly bytes: Uint8Array; readonly claim: Claim };

export type FromSandbox =
  | { readonly type: 'ready'; readonly engine: string | undefined; readonly problems: readonly string[] }
  | { readonly type: 'report'; readonly report: FileReport }
  | { readonly type: 'failed'; readonly message: string };
