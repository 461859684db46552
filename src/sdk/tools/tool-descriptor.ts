/** How a tool is called: with its input alone, or with a context. */
export type ToolKind = 'sync' | 'async' | 'context';

/** The description of a tool that code can read. */
export interface ToolDescriptor {
  readonly name: string;
  readonly description: string;
  readonly kind: ToolKind;
  /** JSON Schema, where one is known. */
  readonly input?: unknown;
  readonly output?: unknown;
  readonly requiredContext: readonly string[];
}
