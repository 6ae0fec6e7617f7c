// sundew doctor
import type { z } from 'zod';
import type { DecoyList } from '../../center/api/contract.ts';
import type { Finding } from '../../center/doctor.ts';
import { dataPaths, readSettings } from '../../center/settings.ts';
import type { RegisterCommand } from '../command.ts';
import { controlClient } from '../control-client.ts';
import { answers } from '../with-control.ts';

/** What the running Sundew knows of its decoys. */
async function decoys(path: string): Promise<readonly Finding[]> {
  const list = await controlClient(path).call<z.infer<typeof DecoyList>>('GET', '/api/v1/decoys');
  return list.decoys
    .filter(({ simulated }) => !simulated)
    .map(({ name, state, problem }) => ({
      what: `decoy ${name}`,
      ok: problem === undefined,
      sentence: problem ?? state,
    }));
}

export const registerDoctor: RegisterCommand = (program, context) => {
  program
    .command('doctor')
    .description('says what is wrong with this installation and how to mend it')
    .action(async () => {
      const loaded = readSettings({ config: program.opts<{ config?: string }>().config });
      const { control } = dataPaths(loaded);
      const running = await answers(control);
      const [{ examine }, { WEB_DIR }] = await Promise.all([
        import('../../center/doctor.ts'),
        import('../../center/http/server.ts'),
      ]);
      const findings = [...(await examine(loaded, WEB_DIR, running)), ...(running ? await decoys(control) : [])];
      for (const { what, ok, sentence } of findings) context.out(`${ok ? 'ok  ' : 'BAD '} ${what}: ${sentence}`);
      if (findings.some(({ ok }) => !ok)) context.fail();
    });
};
