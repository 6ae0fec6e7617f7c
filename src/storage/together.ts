// Statements of one transaction, given at once: the program makes the next ones ready while the database is at the first.

/**
 * The results in order. Waits for every one, also when one has failed: none may still be on its way to the connection when
 * its transaction is rolled back. @throws what failed first; what fails after it in a transaction only says so
 */
export async function together<const Work extends readonly Promise<unknown>[]>(
  work: Work,
): Promise<{ -readonly [At in keyof Work]: Awaited<Work[At]> }> {
  let failure: { readonly cause: unknown } | undefined;
  const noted = work.map((one) =>
    one.catch((cause: unknown) => {
      failure ??= { cause };
    }),
  );
  await Promise.all(noted);
  if (failure !== undefined) throw failure.cause;
  return Promise.all(work);
}
