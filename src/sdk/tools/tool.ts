import type { ToolDescriptor, ToolKind } from './tool-descriptor.js';
import { readDefinition } from './read-definition.js';
import { toJsonSchema, type Schema } from './schema/schema.js';
import type {
  ForeignTool,
  RegisteredTool,
  RevertToolCall,
  ToolApproval,
  ToolDefinition,
  ToolFunction,
  ToolHints,
  ToolInvocation,
} from './tool-definition.js';

/** A tool in any form. A function is called with the arguments and the invocation; an object may say more of itself. */
export type ToolLike = Tool | ToolFunction | ToolDefinition | ForeignTool;

/** A tool that was checked, with its kind detected. */
export class Tool implements RegisteredTool {
  readonly description: string;
  readonly kind: ToolKind;
  readonly input: Schema | undefined;
  readonly output: Schema | undefined;
  readonly requiredContext: readonly string[];
  readonly timeout: number | undefined;
  readonly approval: ToolApproval;
  readonly hints: ToolHints;
  readonly revert: RevertToolCall | undefined;
  readonly #invoke: (args: unknown, invocation: ToolInvocation) => unknown;
  #schemas: Pick<ToolDescriptor, 'input' | 'output'> | undefined;

  /** @throws InvalidComponentError */
  constructor(tool: ToolFunction | ToolDefinition | ForeignTool, name = 'anonymous') {
    const { invoke, ...facts } = readDefinition(tool, name);
    this.description = facts.description;
    this.kind = facts.kind;
    this.input = facts.input;
    this.output = facts.output;
    this.requiredContext = facts.requiredContext;
    this.timeout = facts.timeout;
    this.approval = facts.approval;
    this.hints = facts.hints;
    this.revert = facts.revert;
    this.#invoke = invoke;
    Object.freeze(this);
  }

  static from(tool: ToolLike, name?: string): Tool {
    return tool instanceof Tool ? tool : new Tool(tool, name);
  }

  /** Gives the tool's result or its promise, and throws what the tool throws. The ToolService makes the checks. */
  invoke(args: unknown, invocation: ToolInvocation): unknown {
    return this.#invoke(args, invocation);
  }

  /** Its description for code, under that name. The schemas are converted once. */
  describe(name: string): ToolDescriptor {
    this.#schemas ??= withoutUndefined({
      input: toJsonSchema(this.input, 'input'),
      output: toJsonSchema(this.output, 'output'),
    });
    return {
      name,
      description: this.description,
      kind: this.kind,
      requiredContext: this.requiredContext,
      ...this.#schemas,
    };
  }
}

function withoutUndefined<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
