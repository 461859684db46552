import type { ComponentCommand, ComponentReport } from '../src/protocol/frame/component-messages.js';
import { eventFields } from '../src/protocol/frame/component-messages.js';
import { PageTree } from './component-tree.js';

/** The script of the page that shows a component: the only one that its policy lets run. No code of a reader is here. */

/** Events that come without end: one is under way at a time, and the latest of each kind waits. */
const continuous = /^(?:mouse|pointer|touch|drag)(?:move|over|out|enter|leave)$|^(?:scroll|wheel|drag|dragover)$/;
/** Events under way, with which further ones are dropped: code does not keep up. */
const maxUnderWay = 200;

const heard = new Set<string>();
const roots: (Document | ShadowRoot)[] = [document];
const told = new WeakSet<Event>();
const waiting = new Map<string, ComponentReport>();
let port: MessagePort | undefined;
let underWay = 0;

const tree = new PageTree(document.body, listen, (root) => {
  roots.push(root);
  for (const type of heard) hear(root, type);
});

function listen(type: string): void {
  if (heard.has(type)) return;
  heard.add(type);
  for (const root of roots) hear(root, type);
}

function hear(root: Document | ShadowRoot, type: string): void {
  root.addEventListener(type, tell, { capture: true, passive: true });
}

function post(report: ComponentReport): void {
  port?.postMessage(report);
}

function sendEvent(key: string, report: ComponentReport): void {
  if (continuous.test(key) && underWay > 0) {
    waiting.set(key, report);
    return;
  }
  if (underWay >= maxUnderWay) return;
  underWay++;
  post(report);
}

/** An event of one of the component's nodes, for its code. */
function tell(event: Event): void {
  if (told.has(event) || !event.isTrusted) return;
  told.add(event);
  // A sandbox lets no form submit, so browsers do not say that one would.
  if (event.type !== 'submit') tellOf(event.type, event.composedPath()[0] as Node, event);
}

function tellOf(type: string, from: Node, event: Event | undefined): void {
  const found = tree.numberOf(from);
  if (found === undefined) return;
  const { number, node } = found;
  const init: Record<string, unknown> = event === undefined ? { bubbles: true, cancelable: true } : {};
  for (const field of eventFields) {
    const value: unknown = event?.[field as keyof Event];
    if (value !== undefined && value !== null) init[field] = value;
  }
  const isField = 'value' in node;
  sendEvent(type + number, {
    type: 'event',
    event: { target: number, type, init, ...(isField && fieldOf(node)) },
  });
}

function fieldOf(node: Node & Record<'value', unknown>): { properties: Record<string, unknown>; input: number } {
  const checked = 'checked' in node ? { checked: Boolean(node.checked) } : {};
  return { properties: { value: String(node.value), ...checked }, input: tree.inputs.get(node) ?? 0 };
}

/** A box has changed when it is clicked, any other field when it tells an input. */
function countInput(event: Event): void {
  const field = event.composedPath()[0] as HTMLInputElement;
  const isBox = field.type === 'checkbox' || field.type === 'radio';
  if ((event.type === 'click') === isBox) tree.inputs.set(field, (tree.inputs.get(field) ?? 0) + 1);
}

function submit(form: HTMLFormElement): void {
  if (heard.has('submit') && (form.noValidate || form.reportValidity())) tellOf('submit', form, undefined);
}

// Before what tells the events: these are what it reads.
for (const type of ['input', 'click']) addEventListener(type, countInput, true);
for (const type of ['input', 'change']) listen(type);
addEventListener('submit', (event) => event.preventDefault(), true);
addEventListener('click', (event) => {
  const button = (event.composedPath()[0] as Element).closest<HTMLButtonElement>('button, input[type=submit]');
  if (button?.form == null || button.type !== 'submit') return;
  event.preventDefault();
  submit(button.form);
});
addEventListener('keydown', (event) => {
  const { localName, type, form } = event.composedPath()[0] as HTMLInputElement;
  if (event.key !== 'Enter' || localName !== 'input' || form === null || /^(?:button|submit|file)$/.test(type)) return;
  event.preventDefault();
  submit(form);
});

addEventListener('message', function init({ source, ports: [given] }: MessageEvent): void {
  if (source !== parent || given === undefined) return;
  removeEventListener('message', init);
  port = given;
  port.onmessage = ({ data }: MessageEvent<ComponentCommand>) => {
    try {
      if (data.type === 'tree') tree.show(data.json);
      else if (data.type === 'mutations') tree.apply(data.json);
      else {
        underWay = Math.max(0, underWay - 1);
        const [next] = waiting;
        if (next === undefined || underWay > 0) return;
        waiting.delete(next[0]);
        sendEvent(next[0], next[1]);
      }
    } catch (error) {
      post({ type: 'broken', reason: String(error) });
    }
  };
});
