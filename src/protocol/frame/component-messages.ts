import { isRecord } from '../checks/checks.js';
import { type ComponentEvent, isEventType } from './component-mutations.js';

/** What the page tells the frame of a component, through the port that it gave it. */
export type ComponentCommand =
  /** JSON of a `ComponentTree`, or of a list of mutations. */
  | { readonly type: 'tree' | 'mutations'; readonly json: string }
  /** The worker has dealt with an event. */
  | { readonly type: 'taken' };

/** What the frame of a component tells the page. */
export type ComponentReport =
  | { readonly type: 'event'; readonly event: ComponentEvent }
  /** Mutations that do not fit the tree, or a tree that is too large. */
  | { readonly type: 'broken'; readonly reason: string };

/** Fields of events that the worker is told. */
export const eventFields: ReadonlySet<string> = new Set(
  'bubbles cancelable composed detail button buttons clientX clientY offsetX offsetY pageX pageY screenX screenY movementX movementY deltaX deltaY deltaZ deltaMode key code location repeat ctrlKey shiftKey altKey metaKey pointerId pointerType pressure width height isPrimary inputType data isComposing animationName elapsedTime propertyName newState oldState'.split(
    ' ',
  ),
);

/** Characters of a text field of an event, and of what a reader has put into a field. */
const maxFieldCharacters = 1_000;
const maxValueCharacters = 1_000_000;

/** Reads what came from the frame; `undefined` for anything else. What is no field of an event is left out. */
export function readComponentReport(data: unknown): ComponentReport | undefined {
  if (!isRecord(data)) return undefined;
  if (data.type === 'broken') return { type: 'broken', reason: String(data.reason).slice(0, maxFieldCharacters) };
  if (data.type !== 'event' || !isRecord(data.event)) return undefined;
  const { target, type, init, properties, input } = data.event;
  if (typeof target !== 'number' || !isEventType(type)) return undefined;
  return {
    type: 'event',
    event: {
      target,
      type,
      init: primitives(init, maxFieldCharacters, (name) => eventFields.has(name)),
      ...(isRecord(properties) && {
        properties: primitives(properties, maxValueCharacters, (name) => name === 'value' || name === 'checked'),
      }),
      ...(typeof input === 'number' && { input }),
    },
  };
}

function primitives(
  value: unknown,
  maxCharacters: number,
  isAllowed: (name: string) => boolean,
): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, field]) =>
        isAllowed(name) &&
        (typeof field === 'boolean' ||
          (typeof field === 'number' && Number.isFinite(field)) ||
          (typeof field === 'string' && field.length <= maxCharacters)),
    ),
  );
}
