import { codeInputSchema, type CodeToolInputSchema } from './code-input-schema.js';
import type { ComponentRegistry } from './registry/component-registry.js';
import { declareTools } from './tool-types.js';
import type { ContextInput, ExecuteOptions, ExecutionError, ExecutionResult, ExecutionSuccess } from '../types.js';

/** An object that runs code: a Session, a Codemode, or a handle from `withContext`. */
export interface CodeExecutor {
  execute(code: string, options?: ExecuteOptions): Promise<ExecutionResult>;
}

/** Options of a tool that lets a model run code. */
export interface CodeToolOptions {
  /** @default 'run_code' */
  readonly name?: string;
  /** The description for the model, before the declarations of tools and config. */
  readonly description?: string;
  /** Whose tools the code can call; their declarations become part of the description. */
  readonly registry?: ComponentRegistry;
  /** The values that code reads as `config`. Their keys become part of the description. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Of every execution, unless the call brings its own. */
  readonly context?: ContextInput | (() => ContextInput | undefined);
  /** Milliseconds that the code may take. */
  readonly timeout?: number;
  /** Characters of the answer, beyond which it is cut. @default 20,000 */
  readonly maxLength?: number;
}

/** Options of one call of a code tool. */
export interface CodeToolCall {
  readonly context?: ContextInput;
  readonly signal?: AbortSignal;
  /** The same, as the AI SDK calls it. */
  readonly abortSignal?: AbortSignal;
}

/** In the shape that agent frameworks have in common: a name, a description, JSON Schema, and a function to call. */
export interface CodeTool {
  readonly name: string;
  /** Made when it is read, so that it names the tools of that moment. */
  readonly description: string;
  readonly inputSchema: CodeToolInputSchema;
  readonly toolNames: readonly string[];
  /**
   * Never rejects. Takes code as models write it: in fences, with prose around it, as a lone function, as the body of a function
   * with `return`; the answer says what was changed. The code's output and value as text; `ERROR: …` where the code failed;
   * `EXECUTOR ERROR: …` where it could not be run, which is nothing that other code would mend.
   */
  execute(args: { readonly code: string }, call?: CodeToolCall): Promise<string>;
}

const defaultDescription =
  'Runs TypeScript in a sandbox. Returns its output and the value of its last expression. ' +
  'Variables persist between calls.';

export const emptyResultMessage = 'The code ran without an error. It wrote nothing, and its value is undefined.';

/**
 * Makes running code a tool for an agent.
 *
 * @example
 * const runCode = createCodeTool(codemode.session('agent'), { registry: codemode.registry, timeout: 10_000 });
 * runCode.name; // 'run_code'
 * await runCode.execute({ code: 'const n = 20; n + 1' }); // '21'
 * await runCode.execute({ code: 'n.missing()' }); // 'ERROR: TypeError: n.missing is not a function …'
 */
export function createCodeTool(executor: CodeExecutor, options: CodeToolOptions = {}): CodeTool {
  const {
    name = 'run_code',
    description = defaultDescription,
    registry,
    config,
    timeout,
    maxLength = 20_000,
  } = options;
  return {
    name,
    inputSchema: codeInputSchema,
    get toolNames() {
      return registry?.list('tool') ?? [];
    },
    get description() {
      const descriptors = registry?.snapshot().toolDescriptors() ?? [];
      const keys = Object.keys(config ?? {});
      return [
        description,
        descriptors.length === 0 ? '' : `It can call these tools:\n\n${declareTools(descriptors)}`,
        keys.length === 0 ? '' : `\`config\` has: ${keys.join(', ')}.`,
      ]
        .filter((part) => part !== '')
        .join('\n\n');
    },
    async execute({ code }, call = {}) {
      const signal = call.signal ?? call.abortSignal;
      try {
        const compiler = await import('../../compiler/normalise/index.js');
        const normalised = compiler.normaliseCode(code);
        if (normalised.code === '') return `ERROR: ${normalised.notes.join(' ')}`;
        const context = call.context ?? (typeof options.context === 'function' ? options.context() : options.context);
        const result = await executor.execute(normalised.code, {
          ...(context === undefined ? {} : { context }),
          ...(signal === undefined ? {} : { signal }),
          ...(timeout === undefined ? {} : { timeout }),
        });
        return cut(answer(result, normalised.notes), maxLength);
      } catch (error) {
        return cut(`EXECUTOR ERROR: ${errorText(error)}`, maxLength);
      }
    },
  };
}

function answer(result: ExecutionResult, notes: readonly string[]): string {
  const output = result.output.map(String).join('\n');
  const outcome = result.ok ? valueText(result) : `ERROR: ${failureText(result.error)}`;
  const text = [output, outcome].filter((part) => part !== '').join('\n');
  const note = notes.length === 0 ? '' : `\nNote: ${notes.join(' ')}`;
  return (text === '' ? emptyResultMessage : text) + note;
}

/** Text as it is, plain data as JSON, anything else as it is previewed. */
function valueText({ value, preview }: ExecutionSuccess): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!isPlainData(value)) return preview.text;
  try {
    return JSON.stringify(value);
  } catch {
    return preview.text; // circular, or with a bigint in it
  }
}

function isPlainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return ['number', 'boolean', 'object'].includes(typeof value);
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function failureText({ name, message, position }: ExecutionError): string {
  return `${name}: ${message}${position === undefined ? '' : ` (line ${position.line}, column ${position.column})`}`;
}

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const more = text.length - maxLength;
  return `${text.slice(0, maxLength)}\n… ${more} more characters were cut.`;
}
