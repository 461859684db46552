import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';

/** What a model passes. */
export interface CodeInput {
  readonly code: string;
}

/** JSON Schema of `CodeInput`. */
export const codeInputSchema = {
  type: 'object' as const,
  properties: {
    code: {
      type: 'string' as const,
      description: 'TypeScript. Top-level await works. The value of its last expression is the result.',
    },
  },
  required: ['code'],
  additionalProperties: false,
};

/** The same as a Standard Schema, which says its JSON Schema itself. */
export const codeInput: StandardSchemaV1<CodeInput, CodeInput> & StandardJSONSchemaV1<CodeInput, CodeInput> = {
  '~standard': {
    version: 1,
    vendor: 'codemode-playground',
    validate: (value) =>
      isCodeInput(value)
        ? { value: { code: value.code } }
        : { issues: [{ message: 'Expected an object with "code", a text of TypeScript.' }] },
    jsonSchema: { input: () => ({ ...codeInputSchema }), output: () => ({ ...codeInputSchema }) },
  },
};

export function isCodeInput(value: unknown): value is CodeInput {
  return typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';
}
