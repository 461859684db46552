import { componentType } from '../../src/protocol/messages/mime-bundle.js';
import type { ComponentBundle, DomPart, DomServices } from '../kernel/display/dom-part.js';
import { type Rendered, render } from './adapters.js';
import { Component } from './component.js';
import { bodyOf, makeGlobals } from './document.js';
import { uncaught } from './event-target.js';
import { writeMarkup } from './markup.js';
import { missing } from './no-layout.js';
import { DomNode } from './node.js';
import { carryingImmediate } from './scheduled-tasks.js';

/** Components that a worker shows. */
const maxComponents = 1_000;
const nothing = new Uint8Array();

interface Place {
  readonly component: Component;
  readonly rendered: Rendered;
}

/** Makes the worker's document. The kernel evaluates this when code first needs it. */
export function start(services: DomServices): DomPart {
  const prefix = `c${Math.random().toString(36).slice(2, 8)}-`;
  let serial = 0;
  const byId = new Map<string, Place>();
  const byKey = new Map<string, Place>();
  uncaught.report = (error) => services.enter(() => services.reportUncaught(error));
  missing.tell = (text) => services.enter(() => services.warn(text));

  const end = (place: Place): void => {
    const { component, rendered } = place;
    if (byId.get(component.id) !== place) return;
    byId.delete(component.id);
    for (const [key, other] of byKey) if (other === place) byKey.delete(key);
    component.unmount();
    if (component.isAlive) rendered.unmount();
    if (rendered.root.parentNode === bodyOf()) component.run(() => rendered.root.remove());
    services.send(component.id, 0, nothing, () => undefined);
  };

  /** One node is in one frame: the latest. */
  const endOthersOf = (root: DomNode): void => {
    for (const place of byId.values())
      if (place.component.root.contains(root) || root.contains(place.component.root)) end(place);
  };

  const mount = (rendered: Rendered, key: string): void => {
    const { root } = rendered;
    endOthersOf(root);
    if (byId.size >= maxComponents)
      throw new RangeError(`A session shows at most ${maxComponents} components. Clear the output, or reset it.`);
    const component = new Component(`${prefix}${++serial}`, root, services);
    if (!root.isConnected) component.run(() => bodyOf().append(root));
    component.mount();
    const place = { component, rendered };
    byId.set(component.id, place);
    byKey.set(key, place);
    component.onStopped(() => end(place));
  };

  return {
    globals: { ...makeGlobals(), setImmediate: carryingImmediate(services) },
    get count() {
      return byId.size;
    },
    isNode: (value) => DomNode.is(value),
    show(value, key) {
      const { execution, context } = services.ambient();
      const old = byKey.get(key);
      const updated = Promise.resolve(old?.rendered.update(value) ?? false);
      return services.after(updated, (isUpdated) => {
        if (isUpdated && old !== undefined && byKey.get(key) === old) return bundleOf(old.component);
        if (old !== undefined) end(old);
        const run = (task: () => void): void => services.run(execution, context, task);
        return services.after(render(value, services, run), (rendered) => {
          if (rendered === undefined) return undefined;
          // A component made now belongs to the execution that displays it.
          run(() => services.enter(() => mount(rendered, key)));
          const place = byKey.get(key)!;
          return new Promise<ComponentBundle>((resolve) =>
            // Libraries may render after the code that asks for it.
            services.later(() => {
              const bundle = bundleOf(place.component);
              if (execution?.mode !== 'thread') return resolve(bundle);
              // A thread goes to other code when it has ended: what stays is the picture.
              end(place);
              resolve({ ...bundle, [componentType]: undefined });
            }),
          );
        });
      });
    },
    replaced: (key) => {
      const place = byKey.get(key);
      if (place !== undefined) end(place);
    },
    request({ id, action, event }) {
      const place = byId.get(id);
      if (place === undefined) return nothing;
      const { component } = place;
      if (action === 'open') return component.open();
      if (action === 'close') component.close();
      else if (action === 'unmount') end(place);
      else if (event !== undefined) component.dispatch(event);
      return nothing;
    },
  };
}

function bundleOf({ id, root }: Component): ComponentBundle {
  return { [componentType]: { id }, 'text/html': writeMarkup(root, true), 'text/plain': root.textContent ?? '' };
}
