import type { StandardSchemaV1 } from '@standard-schema/spec';

/** What a schema found, as one text. */
export const issuesText = (issues: readonly StandardSchemaV1.Issue[]): string =>
  issues
    .map(({ message, path = [] }) => {
      const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
      return keys.length === 0 ? message : `${keys.join('.')}: ${message}`;
    })
    .join('; ');
