// The markings of the traffic light protocol, as the specification fixes them (STIX 2.1 section 7.2.1.4).
const common = {
  type: 'marking-definition',
  spec_version: '2.1',
  created: '2017-01-20T00:00:00.000Z',
  definition_type: 'tlp',
} as const;

export const TLP_MARKINGS = {
  white: {
    ...common,
    id: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
    name: 'TLP:WHITE',
    definition: { tlp: 'white' },
  },
  amber: {
    ...common,
    id: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
    name: 'TLP:AMBER',
    definition: { tlp: 'amber' },
  },
} as const;
/** What everybody may have, and what stays with those who need it. */
export type StixTlp = keyof typeof TLP_MARKINGS;
