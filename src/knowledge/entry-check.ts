// What an entry says of other entries has to hold: checked before it is stored.
import { type FieldFault, SundewError } from '../core/error.ts';
import type { Db } from '../storage/database.ts';
import { findThreat, threatNames } from './threat-store.ts';
import type { ThreatEntry } from './types.ts';

/** @throws SundewError INPUT_INVALID with each relation that leads nowhere or to the entry itself */
export async function checkRelations(
  db: Db,
  id: string,
  { relations = [] }: Pick<ThreatEntry, 'relations'>,
): Promise<void> {
  const names = await threatNames(
    db,
    relations.map(({ threat }) => threat),
  );
  refuse(
    relations.flatMap(({ threat }, at) => {
      if (threat !== id && names.has(threat)) return [];
      const message = threat === id ? 'is this entry itself' : `no threat "${threat}" is in the knowledge base`;
      return [{ at: `entry.relations.${at}.threat`, message }];
    }),
  );
}

/** @throws SundewError INPUT_INVALID when an entry has the id that a draft proposes */
export async function checkFree(db: Db, id: string): Promise<void> {
  if ((await findThreat(db, id)) === undefined) return;
  refuse([{ at: 'id', message: `a threat "${id}" is already in the knowledge base: choose another id` }]);
}

function refuse(fields: readonly FieldFault[]): void {
  const [first] = fields;
  if (first !== undefined) throw new SundewError('INPUT_INVALID', `${first.at}: ${first.message}`, { fields });
}
