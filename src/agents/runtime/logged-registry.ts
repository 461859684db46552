import {
  ComponentNotFoundError,
  Tool,
  type RegisteredTool,
  type RegistryView,
  type ToolDefinition,
  type ToolDescriptor,
} from '../../sdk/index.js';

/** Makes a tool whose calls are logged. */
export type LogTool = (name: string, tool: RegisteredTool) => ToolDefinition;

/**
 * The tools that the code of an execution sees: those of a registry, each through the log, and the runtime's own. A tool is made when it
 * is asked for, so a registry of a thousand tools costs an execution nothing.
 */
export class LoggedRegistry implements RegistryView {
  readonly #registry: RegistryView;
  readonly #own: Readonly<Record<string, ToolDefinition>>;
  readonly #log: LogTool;

  /** @param own of the runtime; a tool of the registry goes before one of its name */
  constructor(registry: RegistryView, own: Readonly<Record<string, ToolDefinition>>, log: LogTool) {
    this.#registry = registry;
    this.#own = own;
    this.#log = log;
  }

  get version(): number {
    return this.#registry.version;
  }

  /** It never changes. */
  snapshot(): this {
    return this;
  }

  has(kind: string, name: string): boolean {
    return this.keyOf(kind, name) !== undefined;
  }

  get(kind: 'tool', name: string): Tool;
  get(kind: string, name: string): unknown;
  get(kind: string, name: string): unknown {
    if (kind !== 'tool') return this.#registry.get(kind, name);
    const key = this.keyOf(kind, name);
    if (key === undefined) throw new ComponentNotFoundError(kind, name, this.list(kind));
    const isOwn = !this.#registry.has(kind, key);
    return new Tool(isOwn ? this.#own[key]! : this.#log(key, this.#registry.get(kind, key)), key);
  }

  list(kind: string): readonly string[] {
    const names = this.#registry.list(kind);
    return kind === 'tool' ? [...new Set([...names, ...Object.keys(this.#own)])] : names;
  }

  keyOf(kind: string, name: string): string | undefined {
    const key = this.#registry.keyOf(kind, name);
    return key ?? (kind === 'tool' && Object.hasOwn(this.#own, name) ? name : undefined);
  }

  toolDescriptors(): readonly ToolDescriptor[] {
    return this.list('tool').map((name) => this.get('tool', name).describe(name));
  }
}
