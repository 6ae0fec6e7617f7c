import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { servicesQuery } from '../api/console-queries.ts';
import type { Network, ServiceList } from '../api/types.ts';
import { NETWORK_WORDS, NETWORKS } from '../api/words.ts';
import { Answer } from '../components/answer.tsx';
import { Choice } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { Panel } from '../components/panel.tsx';
import { ServiceForm } from './service-form.tsx';
import { ServiceTable } from './service-table.tsx';

/** What turns hits on decoys into infected accounts, by network. */
export function ServicesPage() {
  const services = useQuery(servicesQuery);
  return (
    <Page
      title="Services"
      lead="How large the services are that decoys sit on. With it, forecasts say how many accounts are infected."
    >
      <Answer of={services} what="the sizes of services">
        {(list) => <Services list={list} />}
      </Answer>
      <p className="sd-soft sd-small">
        Without a size, forecasts are of captures alone. <Link to="/forecasts">How right forecasts were so far</Link>.
      </p>
    </Page>
  );
}

function Services({ list: { services } }: { readonly list: ServiceList }) {
  const told = services.filter(({ size }) => size !== undefined);
  const [network, setNetwork] = useState<Network>(told[0]?.network ?? 'xmpp');
  const size = services.find((one) => one.network === network)?.size;
  return (
    <>
      <Panel title="Known sizes">
        <ServiceTable services={told} />
      </Panel>
      <Panel title="Change one">
        <div className="sd-form-wide">
          <Choice
            label="Network"
            value={network}
            options={NETWORKS}
            words={NETWORK_WORDS}
            any="Choose"
            onChange={(chosen) => setNetwork(chosen ?? network)}
          />
          <ServiceForm key={network} network={network} size={size} />
        </div>
      </Panel>
    </>
  );
}
