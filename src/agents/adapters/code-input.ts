import { codeInputSchema } from '../../sdk/tools/code-input-schema.js';
import { standardSchema } from '../../sdk/tools/schema/schema.js';

/** What a model passes. */
export interface CodeInput {
  readonly code: string;
}

/** What a model passes, as a Standard Schema. */
export const codeInput = standardSchema<CodeInput>(
  (value) =>
    isCodeInput(value)
      ? { value: { code: value.code } }
      : { issues: [{ path: [], message: 'Expected an object with "code", a text of TypeScript.' }] },
  () => codeInputSchema,
);

export function isCodeInput(value: unknown): value is CodeInput {
  return typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';
}
