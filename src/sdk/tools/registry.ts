import { getCurrentContext } from '../../context/current-context.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import type { ToolDescriptor } from '../../protocol/wire.js';
import { ComponentExistsError, ComponentNotFoundError, InvalidComponentError } from '../errors/errors.js';
import { reportListenerError } from '../errors/report-listener-error.js';
import { toolIdentifier } from './tool-identifier.js';
import { Tool, type ToolLike } from './tool.js';

/** What a registry holds, by kind. More kinds can be declared by augmenting this interface. */
export interface ComponentKinds {
  tool: Tool;
  agent: unknown;
  team: unknown;
  flow: unknown;
  config: unknown;
}

export type ComponentKind = keyof ComponentKinds;

/** What may be given where a component is kept: for a tool also what a tool can be made from. */
export type ComponentInput<Kind extends ComponentKind> = Kind extends 'tool' ? ToolLike : ComponentKinds[Kind];

export interface RegisterOptions {
  /** Replace what stands under the name. @default false */
  readonly overwrite?: boolean;
}

export interface RegistryChange {
  readonly type: 'registered' | 'unregistered' | 'cleared';
  readonly kind?: ComponentKind;
  readonly name?: string;
  /** Of the registry after the change. */
  readonly version: number;
}

interface Entry {
  readonly name: string;
  /** The name as it was given; for a tool it may differ from the identifier under which code calls it. */
  readonly givenName: string;
  readonly component: unknown;
}

type Entries = ReadonlyMap<ComponentKind, ReadonlyMap<string, Entry>>;

/** What was registered at one moment. It never changes, whatever happens to the registry. */
export class RegistrySnapshot {
  readonly #entries: Entries;
  #descriptors: readonly ToolDescriptor[] | undefined;

  constructor(
    entries: Entries,
    readonly version: number,
  ) {
    this.#entries = entries;
    Object.freeze(this);
  }

  has(kind: ComponentKind, name: string): boolean {
    return this.#entries.get(kind)?.has(keyOf(kind, name)) ?? false;
  }

  /** @throws ComponentNotFoundError that lists what there is */
  get<Kind extends ComponentKind>(kind: Kind, name: string): ComponentKinds[Kind] {
    const entry = this.#entries.get(kind)?.get(keyOf(kind, name));
    if (entry === undefined) throw new ComponentNotFoundError(kind, name, this.list(kind));
    return entry.component as ComponentKinds[Kind];
  }

  /** Names in the order of registration; of tools, the identifiers under which code calls them. */
  list(kind: ComponentKind): readonly string[] {
    return [...(this.#entries.get(kind)?.keys() ?? [])];
  }

  toolDescriptors(): readonly ToolDescriptor[] {
    this.#descriptors ??= Object.freeze(
      this.list('tool').map((name) => Object.freeze(this.get('tool', name).describe(name))),
    );
    return this.#descriptors;
  }
}

/**
 * Tools, agents, teams, flows and config by name. An execution works on a snapshot, so what is registered while it runs
 * is seen by later ones only.
 */
export class ComponentRegistry {
  /** Replaced, never changed, so that a snapshot is a reference. */
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
    if (typeof name !== 'string' || name.trim() === '') {
      throw new InvalidComponentError(kind, String(name), 'its name is empty.');
    }
    if (component === undefined || component === null) {
      throw new InvalidComponentError(kind, name, `there is no component, it is ${String(component)}.`);
    }
    const key = kind === 'tool' ? toolIdentifier(name) : name;
    const present = this.#entries.get(kind)?.get(key);
    if (present !== undefined && present.givenName !== name) {
      throw new InvalidComponentError(
        kind,
        name,
        `in code its name is ${key}, which is taken by "${present.givenName}".`,
      );
    }
    if (present !== undefined && options.overwrite !== true) throw new ComponentExistsError(kind, name);
    const kept = kind === 'tool' ? Tool.from(component as ToolLike, name) : component;
    this.#change(kind, (entries) => entries.set(key, { name: key, givenName: name, component: kept }));
    this.#announce({ type: 'registered', kind, name: key, version: this.#version });
    return this;
  }

  registerTool(name: string, tool: ToolLike, options?: RegisterOptions): this {
    return this.register('tool', name, tool, options);
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
    if (!this.has(kind, name)) return false;
    const key = keyOf(kind, name);
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

  /** What is registered now. The same object until the next change. */
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

function keyOf(kind: ComponentKind, name: string): string {
  if (kind !== 'tool') return name;
  try {
    return toolIdentifier(name);
  } catch {
    return name; // no such tool can have been registered
  }
}
