import { english } from '../shared/strings.js';

/** English texts of the context editor. */
export const contextStrings = {
  ...english,
  contextHint: 'Every run in this tab gets this context. Read it in code: context.get("client_id").',
  contextEmpty: 'No context yet',
  contextKey: 'Key',
  contextValue: 'Value',
  addContextRow: 'Add key',
  removeContextRow: (key: string) => `Remove ${key || 'row'}`,
  rows: 'Rows',
  json: 'JSON',
  contextText: 'Context as JSON',
  contextNotObject: 'The context must be an object, such as { "client_id": "acme" }.',
  contextDuplicate: (key: string) => `The key “${key}” is used twice.`,
  contextNoKey: 'Enter a key for this value.',
};

/** Texts of the editor of a context, in one language. */
export type ContextStrings = Readonly<typeof contextStrings>;
