import { createContext, type ReactNode, useCallback, useContext, useId, useMemo, useState } from 'react';
import { ApiFailure } from '../api/client.ts';
import { type Fault, mended, moved } from './faults.ts';

export interface FormFaults {
  readonly faults: readonly Fault[];
  /** Id of the field of a path: a page may have several forms. */
  idOf(path: string): string;
  /** The field of that path was changed: what was said of it may hold no longer. */
  mend(path: string): void;
  move(list: string, to: (row: number) => number | undefined): void;
}

const Faults = createContext<FormFaults>({
  faults: [],
  idOf: (path) => path,
  mend: () => undefined,
  move: () => undefined,
});

/** What the last refusal said of single fields. @param error of the request that was refused */
export function useFormFaults(error: unknown): FormFaults {
  const [held, setHeld] = useState<{ readonly error: unknown; readonly faults: readonly Fault[] }>({
    error: null,
    faults: [],
  });
  if (held.error !== error) setHeld({ error, faults: error instanceof ApiFailure ? error.fields : [] });
  const change = useCallback((to: (faults: readonly Fault[]) => readonly Fault[]) => {
    setHeld((before) => {
      const faults = to(before.faults);
      return faults === before.faults ? before : { ...before, faults };
    });
  }, []);
  const mend = useCallback((path: string) => change((faults) => mended(faults, path)), [change]);
  const move = useCallback<FormFaults['move']>(
    (list, to) => change((faults) => (faults.length === 0 ? faults : moved(faults, list, to))),
    [change],
  );
  const form = useId();
  const idOf = useCallback((path: string) => `${form}${path}`, [form]);
  return useMemo(() => ({ faults: held.faults, idOf, mend, move }), [held.faults, idOf, mend, move]);
}

/** Tells the fields of a form what is wrong with them. */
export function FaultsProvider({ of, children }: { readonly of: FormFaults; readonly children: ReactNode }) {
  return <Faults value={of}>{children}</Faults>;
}

/** What a field binds to: an id, by which the summary leads to it, and what is wrong. */
export function useField(path: string): {
  readonly bound: { readonly id: string; readonly error: string | undefined };
  readonly mend: () => void;
} {
  const { faults, idOf, mend } = useContext(Faults);
  return {
    bound: { id: idOf(path), error: faults.find(({ at }) => at === path)?.message },
    mend: () => mend(path),
  };
}

/** For lists: their rows move. */
export function useFaultMoves(): FormFaults['move'] {
  return useContext(Faults).move;
}
