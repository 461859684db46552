/** JSON Schema of `{ code: string }`. */
export interface CodeToolInputSchema {
  readonly type: 'object';
  readonly properties: { readonly code: { readonly type: 'string'; readonly description: string } };
  readonly required: readonly ['code'];
  readonly additionalProperties: false;
}

/** What a tool that runs code takes, in every framework. */
export const codeInputSchema: CodeToolInputSchema = {
  type: 'object',
  properties: {
    code: {
      type: 'string',
      description: 'TypeScript. The value of its last expression is the result. Top-level await works.',
    },
  },
  required: ['code'],
  additionalProperties: false,
};
