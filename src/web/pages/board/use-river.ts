import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer } from 'react';
import { sentenceOf } from '../../api/client.ts';
import { BOARD_KEY, riverQuery, warningsQuery } from '../../api/public-queries.ts';
import type { StreamEvent, StreamState } from '../../api/stream.ts';
import type { Board, NetworkLevel } from '../../api/types.ts';
import { useStream } from '../../api/use-stream.ts';
import {
  EMPTY_RIVER,
  pour,
  type RiverEntry,
  type RiverState,
  resume,
  touchEntry,
  warningEntry,
  without,
} from './river.ts';

const WARNINGS_START = 20;
/** What shows warnings. */
const RETRACTED_KEYS = ['board', 'warnings', 'warning', 'threat', 'under-review'] as const;

interface View extends RiverState {
  readonly paused: boolean;
  readonly loaded: boolean;
  readonly error: string | undefined;
}
type Change =
  | { readonly type: 'came'; readonly entries: readonly RiverEntry[]; readonly loaded?: true }
  | { readonly type: 'retracted'; readonly warning: string }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'failed'; readonly error: string };

function change(view: View, what: Change): View {
  switch (what.type) {
    case 'came':
      return {
        ...view,
        ...pour(view, what.entries, view.paused),
        ...(what.loaded === true ? { loaded: true, error: undefined } : {}),
      };
    case 'retracted':
      return { ...view, ...without(view, what.warning) };
    case 'pause':
      return { ...view, ...(what.paused ? {} : resume(view)), paused: what.paused };
    case 'failed':
      return { ...view, loaded: true, error: what.error };
  }
}

export interface River extends View {
  readonly stream: StreamState;
  readonly setPaused: (paused: boolean) => void;
}

/** The live river: what was, fetched at each (re)connection, merged with what comes. Keeps the board's levels fresh too. */
export function useRiver(): River {
  const client = useQueryClient();
  const [view, dispatch] = useReducer(change, { ...EMPTY_RIVER, paused: false, loaded: false, error: undefined });

  const load = useCallback(async () => {
    try {
      const [river, page] = await Promise.all([
        client.fetchQuery({ ...riverQuery, staleTime: 0 }),
        client.fetchQuery({ ...warningsQuery({ limit: WARNINGS_START }), staleTime: 0 }),
      ]);
      dispatch({
        type: 'came',
        entries: [...river.touches.map(touchEntry), ...page.warnings.map(warningEntry)],
        loaded: true,
      });
    } catch (error) {
      dispatch({ type: 'failed', error: sentenceOf(error) });
    }
  }, [client]);

  const onEvent = useCallback(
    (event: StreamEvent) => {
      if (event.type === 'touch') dispatch({ type: 'came', entries: [touchEntry(event.data)] });
      if (event.type === 'warning') dispatch({ type: 'came', entries: [warningEntry(event.data)] });
      if (event.type === 'retracted') {
        dispatch({ type: 'retracted', warning: event.data.warning });
        for (const key of RETRACTED_KEYS) void client.invalidateQueries({ queryKey: [key] });
      }
      if (event.type === 'level') client.setQueryData<Board>(BOARD_KEY, (board) => withLevel(board, event.data));
    },
    [client],
  );

  useEffect(() => {
    void load();
  }, [load]);
  const stream = useStream('/api/v1/stream', onEvent, () => void load());
  const setPaused = useCallback((paused: boolean) => dispatch({ type: 'pause', paused }), []);
  return { ...view, stream, setPaused };
}

function withLevel(board: Board | undefined, level: NetworkLevel): Board | undefined {
  if (board === undefined) return undefined;
  const known = board.levels.some(({ network }) => network === level.network);
  const levels = known
    ? board.levels.map((each) => (each.network === level.network ? level : each))
    : [...board.levels, level];
  return { ...board, levels };
}
