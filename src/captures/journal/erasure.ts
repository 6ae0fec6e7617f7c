// The record of an erasure: which entries lost their keys. It is itself never erased.

/** Content of an `erasure` record. */
export function encodeErasure(seqs: readonly number[]): Uint8Array {
  return Buffer.from(JSON.stringify({ erased: seqs }), 'utf8');
}

/** The entries that an `erasure` record names. */
export function erasedBy(content: Uint8Array): readonly number[] {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    // Only this program writes erasure records, so this is damage; it shows as a key wiped without a record.
    return [];
  }
  const erased = typeof json === 'object' && json !== null && 'erased' in json ? json.erased : undefined;
  return Array.isArray(erased) ? erased.filter((seq): seq is number => Number.isSafeInteger(seq)) : [];
}
