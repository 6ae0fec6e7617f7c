// Row types of the tables of knowledge/, as Kysely sees them.

// biome-ignore lint/suspicious/noEmptyInterface: tables come with the part
export interface KnowledgeTables {}
