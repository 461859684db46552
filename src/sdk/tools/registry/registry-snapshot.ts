import type { ToolDescriptor } from '../tool-descriptor.js';
import { ComponentNotFoundError } from '../../errors/component-errors.js';
import type { RegistryView } from '../tool-definition.js';
import type { Tool } from '../tool.js';
import { toolPath } from './tool-names.js';

/** The components that a registry holds, by kind. More kinds can be declared by augmenting this interface. */
export interface ComponentKinds {
  tool: Tool;
  agent: unknown;
  team: unknown;
  flow: unknown;
  config: unknown;
}

/** A kind of component: tool, agent, team, flow or config. */
export type ComponentKind = keyof ComponentKinds;

/** A registered component, with the name and namespace it was registered under. */
export interface Entry {
  /** The name as it was given; for a tool it may differ from the path under which code calls it. */
  readonly givenName: string;
  readonly givenNamespace?: string | undefined;
  readonly component: unknown;
}

/** Components by kind and name; a tool's name is its path. */
export type Entries = ReadonlyMap<ComponentKind, ReadonlyMap<string, Entry>>;

/** The components that were registered at one moment. It never changes, whatever happens to the registry. */
export class RegistrySnapshot implements RegistryView {
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
    return this.keyOf(kind, name) !== undefined;
  }

  /** @throws ComponentNotFoundError that lists the names that there are */
  get<Kind extends ComponentKind>(kind: Kind, name: string): ComponentKinds[Kind] {
    const key = this.keyOf(kind, name);
    if (key === undefined) throw new ComponentNotFoundError(kind, name, this.list(kind));
    return this.#entries.get(kind)!.get(key)!.component as ComponentKinds[Kind];
  }

  /** Names in the order of registration; of tools, the paths under which code calls them. */
  list(kind: ComponentKind): readonly string[] {
    return [...(this.#entries.get(kind)?.keys() ?? [])];
  }

  /** The registered name of a component, from any spelling of it; `undefined` if there is none. */
  keyOf(kind: ComponentKind, name: string): string | undefined {
    const entries = this.#entries.get(kind);
    if (entries === undefined || entries.has(name)) return entries && name;
    if (kind !== 'tool') return undefined;
    return pathsOf(name).find((path) => entries.has(path));
  }

  toolDescriptors(): readonly ToolDescriptor[] {
    this.#descriptors ??= Object.freeze(
      this.list('tool').map((name) => Object.freeze(this.get('tool', name).describe(name))),
    );
    return this.#descriptors;
  }
}

/** The paths that a name may stand for: in a namespace where it has a dot, or with the dot as a part of the name. */
function pathsOf(name: string): string[] {
  const dot = String(name).indexOf('.');
  const readings: [string, string?][] = dot < 0 ? [[name]] : [[name.slice(dot + 1), name.slice(0, dot)], [name]];
  return readings.flatMap(([own, namespace]) => {
    try {
      return [toolPath(own, namespace)];
    } catch {
      return []; // no such tool can have been registered
    }
  });
}
