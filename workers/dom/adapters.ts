import type { DomServices } from '../kernel/display/dom-part.js';
import { type Renderer, rendererOf } from '../kernel/display/renderer.js';
import { type Element, makeElement } from './element.js';
import { DomNode } from './node.js';

/** A value that is on the page, and may be replaced by another of its kind. */
export interface Rendered {
  readonly root: DomNode;
  /** Renders another value in its place; `false` if it is of another kind. */
  update(value: object): Promise<boolean> | boolean;
  unmount(): void;
}

type Run = (task: () => void) => void;
type Exports = Readonly<Record<string, unknown>>;

interface ReactRoot {
  render(element: object): void;
  unmount(): void;
}

/** What renders a value. */
const kindOf = (value: object): 'node' | Renderer | undefined => (DomNode.is(value) ? 'node' : rendererOf(value));

/**
 * Renders a value into the worker's document, with the library that the page's import map has for it.
 *
 * @param run runs code of the component
 * @returns `undefined` for what nothing renders
 */
export function render(value: object, services: DomServices, run: Run): Promise<Rendered | undefined> {
  const kind = kindOf(value);
  if (kind === 'node') return Promise.resolve(ofNode(value as DomNode));
  if (kind === 'react') return renderReact(value, services, run);
  const { after } = services;
  if (kind === 'preact')
    return after(services.import('preact'), (preact) =>
      ofRender(value, kind, run, functionOf(preact, 'render') as (vnode: object | null, container: object) => void),
    );
  if (kind !== 'lit') return Promise.resolve(undefined);
  const lit = after(
    services.import('lit'),
    (module) => module,
    () => services.import('lit-html') as never,
  );
  return after(lit, (module) =>
    ofRender(value, kind, run, functionOf(module, 'render') as (template: object | null, container: object) => void),
  );
}

function ofNode(node: DomNode): Rendered {
  let root = node;
  if (node.nodeType === 9) root = (node as unknown as { readonly documentElement: DomNode }).documentElement;
  else if (node.nodeType !== 1) {
    root = makeElement('div');
    root.append(node);
  }
  return { root, update: (value) => value === node && node.nodeType !== 11, unmount: () => undefined };
}

function ofRender(
  value: object,
  kind: string,
  run: Run,
  renderInto: (value: object | null, container: object) => void,
): Rendered {
  const root = makeElement('div');
  run(() => renderInto(value, root));
  return {
    root,
    update: (next) => {
      if (kindOf(next) !== kind) return false;
      run(() => renderInto(next, root));
      return true;
    },
    unmount: () => run(() => (kind === 'lit' ? root.replaceChildren() : renderInto(null, root))),
  };
}

function renderReact(value: object, services: DomServices, run: Run): Promise<Rendered> {
  const { after } = services;
  // Without `react-dom`, it renders a turn later.
  const optional = after(
    services.import('react-dom'),
    (module) => module as object | undefined,
    () => undefined,
  );
  return after(services.import('react-dom/client'), (client) =>
    after(optional, (dom) => {
      const createRoot = functionOf(client, 'createRoot') as (container: Element) => ReactRoot;
      const flushSync = dom === undefined ? undefined : (functionOf(dom, 'flushSync') as (task: () => void) => void);
      const root = makeElement('div');
      let react: ReactRoot;
      const show = (element: object): void =>
        run(() => {
          react ??= createRoot(root);
          if (flushSync === undefined) react.render(element);
          else flushSync(() => react.render(element));
        });
      show(value);
      return {
        root,
        update: (next) => {
          if (kindOf(next) !== 'react') return false;
          show(next);
          return true;
        },
        unmount: () => run(() => react.unmount()),
      };
    }),
  );
}

/** A function of a module; builds of CommonJS may have it in their default export. @throws TypeError */
function functionOf(module: object, name: string): (...args: never[]) => unknown {
  const exports = module as Exports;
  const found = exports[name] ?? (exports['default'] as Exports | undefined)?.[name];
  if (typeof found !== 'function') throw new TypeError(`The library to render with has no ${name}.`);
  return found as (...args: never[]) => unknown;
}
