// The HTTP API in one place: what goes over /api/v1, as schemas. The server validates with them, OpenAPI is made of
// them, and the web takes its types from here (types only).
export { DecoyConfig } from '../../decoys/decoy-config.ts';
export * from './capture-contract.ts';
export * from './console-contract.ts';
export * from './desk-contract.ts';
export * from './entry-contract.ts';
export * from './knowledge-contract.ts';
export * from './public-contract.ts';
export * from './report-contract.ts';
export * from './retraction-contract.ts';
export * from './settings-contract.ts';
