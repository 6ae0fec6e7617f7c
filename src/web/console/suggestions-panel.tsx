import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sendJson, withQuery } from '../api/client.ts';
import { suggestionsQuery } from '../api/console-queries.ts';
import type { Suggestion } from '../api/types.ts';
import { Answer } from '../components/answer.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { Panel } from '../components/panel.tsx';
import { Rows } from '../components/rows-table.tsx';
import { Tag } from '../components/tag.tsx';
import { useRealm } from './use-realm.ts';

const HEADS = ['Entry', 'Source', 'Decision'] as const;

/** Imported sources that share a name with an entry. Accepting adds names, references and the source; no word goes. */
export function SuggestionsPanel() {
  const realm = useRealm();
  const client = useQueryClient();
  const suggestions = useQuery(suggestionsQuery(realm));
  const decide = useMutation({
    mutationFn: (given: { readonly source: string; readonly threat: string; readonly accept: boolean }) =>
      sendJson<unknown>('POST', withQuery('/api/v1/knowledge/suggestions', { realm }), given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['suggestions'] }),
  });
  const row = (one: Suggestion) => (
    <tr key={`${one.source} ${one.threat}`}>
      <td className="sd-wide">
        <Link to="/threats/$id" params={{ id: one.threat }}>
          {one.threatName}
        </Link>
      </td>
      <td className="sd-wide">
        {one.content.name} <Tag>{one.content.origin}</Tag> <Tag>TLP {one.content.tlp.toUpperCase()}</Tag>
        <div className="sd-soft sd-small">{one.content.description.slice(0, 240)}</div>
      </td>
      <td className="sd-tight">
        {(['Accept', 'Dismiss'] as const).map((word) => (
          <Button
            key={word}
            size="compact-sm"
            variant="default"
            disabled={decide.isPending}
            aria-label={`${word} ${one.content.name} for ${one.threatName}`}
            onClick={() => decide.mutate({ source: one.source, threat: one.threat, accept: word === 'Accept' })}
          >
            {word}
          </Button>
        ))}
      </td>
    </tr>
  );
  return (
    <Panel title="From imports">
      {decide.isError ? <Failure error={decide.error} /> : null}
      <Answer of={suggestions} what="the suggestions">
        {({ suggestions: rows }) =>
          rows.length === 0 ? (
            <Empty>Nothing imported waits. See: sundew knowledge import</Empty>
          ) : (
            <Rows heads={HEADS}>{rows.map(row)}</Rows>
          )
        }
      </Answer>
    </Panel>
  );
}
