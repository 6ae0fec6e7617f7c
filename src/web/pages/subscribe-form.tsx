import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { sendJson } from '../api/client.ts';
import type { Accepted, MessageKind, Network, Severity, SubscribeRequest } from '../api/types.ts';
import { SEVERITIES, SEVERITY_WORDS } from '../api/words.ts';
import { Done, Failure } from '../components/feedback.tsx';
import { KindChecks } from '../components/kind-checks.tsx';
import { NetworkChecks } from '../components/network-checks.tsx';

type Channel = SubscribeRequest['channel'];
interface ChannelWords {
  readonly name: string;
  readonly address: string;
  readonly example: string;
  /** Addresses that browsers can check and fill in. */
  readonly mailLike: boolean;
}

const MAIL_LIKE = { example: 'you@example.org', mailLike: true } as const;
const CHANNEL_WORDS: Readonly<Record<Channel, ChannelWords>> = {
  email: { name: 'E-mail', address: 'E-mail address', ...MAIL_LIKE },
  xmpp: { name: 'XMPP (Jabber)', address: 'XMPP address', ...MAIL_LIKE },
  oscar: { name: 'AIM/ICQ', address: 'AIM name or ICQ number', example: 'AnnLee', mailLike: false },
  msnp: { name: 'MSN Messenger', address: 'MSN address', ...MAIL_LIKE },
  ymsg: { name: 'Yahoo! Messenger', address: 'Yahoo! id', example: 'ann_lee', mailLike: false },
  sametime: { name: 'Sametime', address: 'Sametime user id', example: 'alee', mailLike: false },
};

/** The form; what the server answers is shown as it is, and never says whether the address was known. */
export function SubscribeForm({ channels }: { readonly channels: readonly Channel[] }) {
  const [channel, setChannel] = useState<Channel>(channels[0] ?? 'email');
  const words = CHANNEL_WORDS[channel];
  const [address, setAddress] = useState('');
  const [kinds, setKinds] = useState<readonly MessageKind[]>(['warnings']);
  const [networks, setNetworks] = useState<readonly Network[]>([]);
  const [minSeverity, setMinSeverity] = useState<Severity>('medium');
  const subscribe = useMutation({
    mutationFn: (request: SubscribeRequest) => sendJson<Accepted>('POST', '/api/v1/subscribers', request),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    subscribe.mutate({ channel, address: address.trim(), networks: [...networks], minSeverity, kinds: [...kinds] });
  };
  if (subscribe.isSuccess) {
    return (
      <div className="sd-form">
        <Done>{subscribe.data.message}</Done>
        <Button variant="default" onClick={() => subscribe.reset()}>
          Another address
        </Button>
      </div>
    );
  }
  return (
    <form className="sd-form" onSubmit={submit}>
      <NativeSelect
        label="Channel"
        value={channel}
        data={channels.map((value) => ({ value, label: CHANNEL_WORDS[value].name }))}
        onChange={(event) => setChannel(channels.find((each) => each === event.currentTarget.value) ?? 'email')}
      />
      <TextInput
        label={words.address}
        type={words.mailLike ? 'email' : 'text'}
        autoComplete={words.mailLike ? 'email' : 'username'}
        placeholder={words.example}
        required
        minLength={1}
        maxLength={320}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <KindChecks value={kinds} onChange={setKinds} />
      {kinds.includes('warnings') ? (
        <>
          <NativeSelect
            label="Only from this severity on"
            value={minSeverity}
            data={SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
            onChange={(event) =>
              setMinSeverity(SEVERITIES.find((each) => each === event.currentTarget.value) ?? 'medium')
            }
          />
          <NetworkChecks value={networks} onChange={setNetworks} />
        </>
      ) : null}
      {subscribe.isError ? <Failure error={subscribe.error} /> : null}
      {kinds.length === 0 ? <p className="sd-soft sd-small">Tick at least one thing that shall come.</p> : null}
      <Button type="submit" loading={subscribe.isPending} disabled={kinds.length === 0}>
        {kinds.includes('warnings') ? 'Ask for alerts' : 'Ask for the bulletin'}
      </Button>
    </form>
  );
}
