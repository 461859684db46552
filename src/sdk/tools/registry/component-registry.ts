import { getCurrentContext } from '../../../context/current-context.js';
import type { RuntimeContext } from '../../../context/runtime-context.js';
import { ComponentExistsError, InvalidComponentError } from '../../errors/component-errors.js';
import { reportListenerError } from '../../errors/report-listener-error.js';
import type { PremadeTool } from '../define-tool.js';
import type { SchemaInput } from '../schema/schema.js';
import type { ToolDefinition, ToolFunction } from '../tool-definition.js';
import { Tool, type ToolLike } from '../tool.js';
import {
  RegistrySnapshot,
  type ComponentKind,
  type ComponentKinds,
  type Entries,
  type Entry,
} from './registry-snapshot.js';
import { checkCollisions } from './name-collisions.js';
import { toolPath } from './tool-names.js';
import { readToolSet, type ToolRecord, type ToolSet } from './tool-set.js';

/** A component to register; for a tool also any value that a tool can be made from. */
export type ComponentInput<Kind extends ComponentKind> = Kind extends 'tool' ? ToolLike : ComponentKinds[Kind];

/** Options of a registration. */
export interface RegisterOptions {
  /** Replace what stands under the name. @default false */
  readonly overwrite?: boolean;
}

/** A change of a registry. */
export interface RegistryChange {
  readonly type: 'registered' | 'unregistered' | 'cleared';
  readonly kind?: ComponentKind;
  readonly name?: string;
  /** Of the registry after the change. */
  readonly version: number;
}

/**
 * Tools, agents, teams, flows and config by name. An execution works on a snapshot, so what is registered while it runs
 * is seen by later ones only.
 *
 * @example
 * const registry = new ComponentRegistry();
 * registry.registerTool('add', ({ a, b }: { a: number; b: number }) => a + b);
 * registry.list('tool'); // ['add']
 * const codemode = new Codemode({ registry });
 * const { value } = await codemode.execute('await tools.add({ a: 1, b: 2 })'); // 3
 */
export class ComponentRegistry {
  /** Replaced and never changed, so that a snapshot is a reference. */
  #entries: Entries = new Map();
  #version = 0;
  #snapshot: RegistrySnapshot | undefined;
  readonly #listeners = new Set<(change: RegistryChange) => void>();

  /** Goes up by one with each change. */
  get version(): number {
    return this.#version;
  }

  /** The context that runs now, the same as `getCurrentContext()` gives. The registry itself has none. */
  get currentContext(): RuntimeContext | undefined {
    return getCurrentContext();
  }

  /**
   * @throws InvalidComponentError for an empty, reserved, invalid or colliding name, or no component
   * @throws ComponentExistsError for a name that is taken, unless `overwrite`
   */
  register<Kind extends ComponentKind>(
    kind: Kind,
    name: string,
    component: ComponentInput<Kind>,
    options: RegisterOptions = {},
  ): this {
    this.#add(kind, [[name, component]], options);
    return this;
  }

  /**
   * Registers a tool. The input of its handler has the type that its schema gives. Names are made identifiers: code calls
   * `get-weather` as `tools.get_weather`.
   *
   * @throws InvalidComponentError, ComponentExistsError as `register`
   * @example
   * codemode.registry.registerTool('weather', {
   *   description: 'Current weather of a city',
   *   inputSchema: z.object({ city: z.string() }),
   *   execute: async ({ city }, { context, signal }) => lookUp(city, context.require('client_id'), signal),
   * });
   */
  registerTool(name: string, tool: Tool | ToolFunction, options?: RegisterOptions): this;
  registerTool<
    const Input extends SchemaInput | undefined = undefined,
    const Output extends SchemaInput | undefined = undefined,
  >(name: string, definition: ToolDefinition<Input, Output>, options?: RegisterOptions): this;
  registerTool<T>(name: string, tool: PremadeTool<T>, options?: RegisterOptions): this;
  registerTool(name: string, tool: unknown, options?: RegisterOptions): this {
    return this.register('tool', name, tool as ToolLike, options);
  }

  /**
   * Registers a set of tools at once, or none of them if one is refused. With a namespace, code calls them as its members:
   * `tools.github.createIssue(…)`. A namespace can be added to by later calls.
   *
   * @param tools by name, or a list of definitions that have a `name`, as MCP servers list them
   * @throws InvalidComponentError, ComponentExistsError as `register`
   * @example
   * codemode.registry.registerTools('github', {
   *   createIssue: { inputSchema: z.object({ title: z.string() }), execute: ({ title }) => github.create(title) },
   *   listIssues: () => github.list(),
   * });
   */
  registerTools<const Inputs>(tools: ToolRecord<Inputs>, options?: RegisterOptions): this;
  registerTools<const Inputs>(namespace: string, tools: ToolRecord<Inputs>, options?: RegisterOptions): this;
  registerTools(tools: ToolSet, options?: RegisterOptions): this;
  registerTools(namespace: string, tools: ToolSet, options?: RegisterOptions): this;
  registerTools(...args: readonly unknown[]): this {
    const [namespace, tools, options = {}] = typeof args[0] === 'string' ? args : [undefined, ...args];
    const set = readToolSet(tools, namespace as string | undefined);
    this.#add('tool', set, options as RegisterOptions, namespace as string | undefined);
    return this;
  }

  registerAgent(name: string, agent: unknown, options?: RegisterOptions): this {
    return this.register('agent', name, agent, options);
  }

  registerTeam(name: string, team: unknown, options?: RegisterOptions): this {
    return this.register('team', name, team, options);
  }

  registerFlow(name: string, flow: unknown, options?: RegisterOptions): this {
    return this.register('flow', name, flow, options);
  }

  registerConfig(name: string, config: unknown, options?: RegisterOptions): this {
    return this.register('config', name, config, options);
  }

  has(kind: ComponentKind, name: string): boolean {
    return this.snapshot().has(kind, name);
  }

  /** @throws ComponentNotFoundError that lists what there is */
  get<Kind extends ComponentKind>(kind: Kind, name: string): ComponentKinds[Kind] {
    return this.snapshot().get(kind, name);
  }

  list(kind: ComponentKind): readonly string[] {
    return this.snapshot().list(kind);
  }

  /** Whether there was something to remove. */
  unregister(kind: ComponentKind, name: string): boolean {
    const key = this.snapshot().keyOf(kind, name);
    if (key === undefined) return false;
    this.#change(kind, (entries) => entries.delete(key));
    this.#announce({ type: 'unregistered', kind, name: key, version: this.#version });
    return true;
  }

  /** Empties all kinds, or one. Executions that run keep their snapshots and their contexts. */
  clear(kind?: ComponentKind): void {
    for (const each of kind === undefined ? [...this.#entries.keys()] : [kind]) {
      this.#change(each, (entries) => entries.clear());
    }
    this.#announce({ type: 'cleared', ...(kind === undefined ? {} : { kind }), version: this.#version });
  }

  /** The components of this moment. The same object until the next change. */
  snapshot(): RegistrySnapshot {
    this.#snapshot ??= new RegistrySnapshot(this.#entries, this.#version);
    return this.#snapshot;
  }

  /** Called after each change, until the function it gives is called. */
  subscribe(listener: (change: RegistryChange) => void): () => void {
    const own = (change: RegistryChange): void => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** All or nothing: every component is checked before the first is kept. */
  #add(
    kind: ComponentKind,
    components: readonly (readonly [name: string, component: unknown])[],
    options: RegisterOptions,
    namespace?: string,
  ): void {
    const entries = new Map(this.#entries.get(kind));
    const added: string[] = [];
    for (const [name, component] of components) {
      if (typeof name !== 'string' || name.trim() === '') {
        throw new InvalidComponentError(kind, String(name), 'its name is empty.');
      }
      if (component === undefined || component === null) {
        throw new InvalidComponentError(kind, name, `expected a component, but got ${String(component)}.`);
      }
      const key = kind === 'tool' ? toolPath(name, namespace) : name;
      const kept = kind === 'tool' ? Tool.from(component as ToolLike, name) : component;
      const entry: Entry = { givenName: name, givenNamespace: namespace, component: kept };
      if (added.includes(key)) throw new InvalidComponentError(kind, name, `the list has ${key} twice. Remove one.`);
      checkCollisions(kind, key, entry, entries);
      if (entries.has(key) && options.overwrite !== true) {
        throw new ComponentExistsError(kind, namespace === undefined ? name : key);
      }
      entries.set(key, entry);
      added.push(key);
    }
    if (added.length === 0) return;
    this.#change(kind, (kept) => added.forEach((key) => kept.set(key, entries.get(key)!)));
    for (const name of added) this.#announce({ type: 'registered', kind, name, version: this.#version });
  }

  #change(kind: ComponentKind, change: (entries: Map<string, Entry>) => void): void {
    const entries = new Map(this.#entries.get(kind));
    change(entries);
    this.#entries = new Map(this.#entries).set(kind, entries);
    this.#version += 1;
    this.#snapshot = undefined;
  }

  #announce(change: RegistryChange): void {
    const listeners = [...this.#listeners]; // who subscribes now hears of the next change
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        reportListenerError(error);
      }
    }
  }
}
