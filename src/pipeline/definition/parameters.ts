/** What a task gets and gives, by name. */
export type Parameters = Readonly<Record<string, unknown>>;
