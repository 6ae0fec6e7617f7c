// Row types of the tables of captures/, as Kysely sees them.

// biome-ignore lint/suspicious/noEmptyInterface: tables come with the part
export interface CapturesTables {}
