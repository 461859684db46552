import { apply, freeze } from '../../../src/context/pristine-built-ins.js';
import { PristineSet, PristineWeakMap } from '../../../src/context/pristine-collections.js';
import { maxToolNameCharacters } from '../../../src/protocol/bounds.js';
import { reservedToolNames } from '../../../src/protocol/messages/reserved-tool-names.js';

export type ToolBinding = (args?: unknown, input?: unknown) => Promise<unknown>;

/** Tools and namespaces of tools, by name. */
export interface ToolBindings {
  readonly [name: string]: ToolBinding | ToolBindings;
}

// Read early: unknown members are created while the reader's code runs, which may have patched the built-ins.
const { create, defineProperty, setPrototypeOf } = Object;
const { get, has } = Reflect;
const { slice } = String.prototype;
const functionPrototype = Function.prototype;

/** The paths of tools and namespaces, such as `github.createIssue`; `''` for `tools` itself. */
const paths = new PristineWeakMap<object, string>();

/** A tool may be named `inspect`, but without one the member is absent: consoles look it up on any object. */
const reserved = new PristineSet<string>([...reservedToolNames, 'inspect']);

/**
 * The reader's `tools`: a frozen tree of functions that hold only their path. An unknown name gives a function too, and so
 * do its members. The host answers its call with the most similar name (E4).
 */
export function createToolBindings(
  toolPaths: readonly string[],
  call: (path: string, args: unknown) => Promise<unknown>,
): ToolBindings {
  const NewProxy = Proxy;

  const bind = (path: string): ToolBinding => {
    // A computed key names the function after its tool in stack traces and in the inspector.
    const binding = {
      // Agents run a snippet as `tools.snippet(name, input)`. Of other tools a second argument is none: it may be the index of a `map`.
      [path]: (args?: unknown, input?: unknown) =>
        call(withinLimit(path), path === 'snippet' && typeof args === 'string' ? { name: args, input } : args),
    }[path]!;
    paths.set(binding, path);
    return binding;
  };

  /** A prototype with a function for each unknown name. */
  const unknownMembers = (path: string, parent: object | null): object =>
    new NewProxy(freeze(create(parent) as object), {
      __proto__: null,
      get: (target, name) => {
        if (typeof name === 'symbol' || reserved.has(name) || has(target, name)) return get(target, name) as unknown;
        const member = bind(memberPath(path, name));
        return freeze(setPrototypeOf(member, unknownMembers(memberPath(path, name), functionPrototype)));
      },
    } as ProxyHandler<object>);

  const openNamespace = (path: string): Record<string, ToolBinding | ToolBindings> => {
    const namespace = create(unknownMembers(path, null)) as Record<string, ToolBinding | ToolBindings>;
    paths.set(namespace, path);
    return namespace;
  };

  const root = openNamespace('');
  const namespaces = new Map<string, Record<string, ToolBinding | ToolBindings>>();
  for (const path of toolPaths) {
    const [first = '', second] = path.split('.');
    if (second === undefined) {
      defineProperty(root, first, { value: freeze(bind(path)), enumerable: true });
      continue;
    }
    let namespace = namespaces.get(first);
    if (namespace === undefined) {
      namespace = openNamespace(first);
      namespaces.set(first, namespace);
      defineProperty(root, first, { value: namespace, enumerable: true });
    }
    defineProperty(namespace, second, { value: freeze(bind(path)), enumerable: true });
  }
  namespaces.forEach((namespace) => freeze(namespace));
  return freeze(root);
}

/** The path of a tool or namespace; `''` for `tools` itself, `undefined` for any other object. */
export const toolPath = (binding: object): string | undefined => paths.get(binding);

/** The binding at a path; `undefined` where the path leads to something else. */
export function toolAt(tools: ToolBindings, path: string): ToolBinding | ToolBindings | undefined {
  let binding: ToolBinding | ToolBindings = tools;
  for (const name of path.split('.')) {
    const member: unknown = (binding as ToolBindings)[name];
    if ((typeof member !== 'object' && typeof member !== 'function') || member === null || !paths.has(member))
      return undefined;
    binding = member as ToolBinding | ToolBindings;
  }
  return binding;
}

function memberPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** Cuts a path to the longest that the host accepts. It then ends in a character that no tool's name has. */
function withinLimit(path: string): string {
  return path.length <= maxToolNameCharacters ? path : `${apply(slice, path, [0, maxToolNameCharacters - 1])}…`;
}
