// Takes the network and other processes out of the sandbox's reach. Node's permission model keeps files, processes and threads;
// Node 24 has nothing for the network, so its modules are not to be had. Imported before all else.
import { registerHooks } from 'node:module';

const REFUSED = new Set(
  'net tls dgram dns dns/promises http https http2 quic inspector inspector/promises cluster child_process worker_threads repl'.split(
    ' ',
  ),
);

function refuse(name: string): void {
  if (REFUSED.has(name.replace(/^node:/, ''))) throw new Error(`${name} is not to be had in the sandbox`);
}

registerHooks({
  resolve: (specifier, context, next) => {
    refuse(specifier);
    return next(specifier, context);
  },
});

const builtin = process.getBuiltinModule.bind(process);
Object.defineProperty(process, 'getBuiltinModule', {
  value: (name: string) => {
    refuse(name);
    return builtin(name as 'node:fs');
  },
});
for (const name of ['fetch', 'WebSocket', 'EventSource']) Object.defineProperty(globalThis, name, { value: undefined });
Object.defineProperty(process, 'binding', { value: undefined });
