// Letting someone who added the account see it, in the words of the dialect. Never the forward list, which would ask back.
import { isAddress } from '../wire/address.ts';
import { encodeFrame } from '../wire/frame.ts';
import type { NotificationState, NotificationStep } from './notification-state.ts';
import type { MsnpInput } from './types.ts';

/** `ADD` of old dialects carries a name to show, which is the address: nobody is renamed. */
export function acceptContact(
  state: NotificationState,
  { address, step, intent }: Extract<MsnpInput, { type: 'accept-contact' }>,
): NotificationStep {
  if ((state.phase !== 'online' && state.phase !== 'synchronising') || !isAddress(address)) return [state, []];
  const { dialect } = state.account;
  // Below 11 there is no pending list; servers end the connection of who moves what is not on it.
  if (step !== 'allow' && dialect < 11) return [state, []];
  const transaction = state.transaction + 1;
  const named =
    dialect >= 10
      ? (['ADC', [transaction, 'AL', `N=${address}`]] as const)
      : (['ADD', [transaction, 'AL', address, address]] as const);
  const [command, args] =
    step === 'settle'
      ? (['ADC', [transaction, 'RL', `N=${address}`]] as const)
      : step === 'unpend'
        ? (['REM', [transaction, 'PL', address]] as const)
        : named;
  const frame = encodeFrame(command, args);
  return [{ ...state, transaction }, [{ type: 'send', frame, intent, token: `${step} ${address}` }]];
}
