// The layers of docs/architecture.md as rules. scripts/layer-canary.sh proves that they can fail.
const ORDER = ['networks', 'decoys', 'captures', 'analysis', 'knowledge', 'warning', 'alerts', 'sharing', 'report'];
const NOT_TEST = '[.]test[.]tsx?$|/testing/';
const leftOnly = ORDER.flatMap((part, at) => {
  const right = [...ORDER.slice(at + 1), 'center', 'cli', 'range', 'web'];
  return [
    {
      name: `${part}-imports-left-only`,
      severity: 'error',
      from: { path: `^src/${part}/`, pathNot: NOT_TEST },
      to: { path: `^src/(${right.join('|')})/` },
    },
  ];
});

module.exports = {
  forbidden: [
    ...leftOnly,
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/', pathNot: NOT_TEST },
      to: { path: '^src/(?!core/)|^(fs|net|tls|dgram|http|https|child_process|timers)' },
    },
    {
      name: 'config-and-storage-know-no-part',
      severity: 'error',
      from: { path: '^src/(config|storage)/', pathNot: NOT_TEST },
      to: { path: '^src/(?!core/|config/|storage/)' },
    },
    {
      name: 'range-sees-networks',
      severity: 'error',
      from: { path: '^src/range/', pathNot: NOT_TEST },
      to: { path: '^src/(?!core/|config/|networks/|range/)' },
    },
    {
      name: 'web-knows-the-api-only',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(?!web/|center/api/contract[.]ts$)' },
    },
    {
      name: 'web-takes-types-only',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/center/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cli-and-center-are-roots',
      severity: 'error',
      from: { path: '^src/(?!cli/|center/)', pathNot: NOT_TEST },
      to: { path: '^src/(cli|center/(?!api/contract[.]ts$))' },
    },
    {
      name: 'sockets-in-link-only',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: `^src/decoys/engagement/link[.]ts$|^src/(range|center|cli|storage)/|/server([.]ts$|/)|${NOT_TEST}`,
      },
      to: { path: '^(node:)?(net|tls|dgram)$' },
    },
    {
      name: 'wire-is-pure',
      severity: 'error',
      from: { path: 'networks/[^/]+/(wire|session)([.]ts$|/)', pathNot: NOT_TEST },
      to: {
        pathNot:
          '^src/core/|/(wire|session)([.]ts$|/)|^(node:)?crypto$|node_modules/saxes/|^src/networks/http/(message|headers)[.]ts$',
      },
    },
    {
      name: 'no-network-imports-another',
      severity: 'error',
      from: { path: '^src/networks/([^/]+)/', pathNot: NOT_TEST },
      to: { path: '^src/networks/', pathNot: '^src/networks/($1|http)/|^src/networks/[^/]+[.]ts$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
