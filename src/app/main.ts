import '../elements/index.js';
import { html, render, svg } from 'lit';
import { readPlaygroundLink, type LinkedCode } from '../elements/snippet/edit/playground-link.js';
import { Codemode } from '../sdk/index.js';
import { nextScheme, storedScheme, storeScheme, type ColourScheme } from './colour-scheme.js';
import { exampleNumber, examples, importMap, type Example } from './examples.js';
import { ExampleTabs } from './example-tabs.js';
import { KeptTabs } from './kept-tabs.js';
import { registerTools } from './tools.js';

const playground = required('codemode-playground');
const select = required('select');
const lesson = required<HTMLElement>('#lesson');
const resetButton = required<HTMLButtonElement>('#reset-example');
const themeButton = required<HTMLButtonElement>('#theme');

/** Milliseconds until an idle tab releases its worker. */
const idleTimeout = 5 * 60_000;

const codemode = new Codemode({ config: { currency: 'EUR' }, importMap, limits: { idleTimeout } });
registerTools(codemode);
playground.codemode = codemode;
// Focus in the playground precedes a run, so an empty worker starts.
playground.addEventListener(
  'focusin',
  () => {
    codemode.warm().catch(() => undefined); // The run that needs the worker reports the error.
  },
  { once: true },
);

render(
  examples.map(({ title }, index) => html`<option value=${index + 1}>${index + 1}. ${title}</option>`),
  select,
);
select.addEventListener('change', () => {
  const url = new URL(location.href);
  url.searchParams.set('example', select.value);
  url.hash = '';
  history.pushState(null, '', url);
  showExample();
});
addEventListener('popstate', showExample);

const exampleTabs = new ExampleTabs(playground, new KeptTabs(), showReset);
showExample();
showReset();
resetButton.addEventListener('click', () => {
  if (exampleTabs.canUndoReset) exampleTabs.undoReset();
  else exampleTabs.reset();
});
// A page in the background may never come back.
addEventListener('pagehide', () => exampleTabs.keep());
document.addEventListener('visibilitychange', () => exampleTabs.keep());
for (const type of ['focusout', 'codemode-run']) playground.addEventListener(type, () => exampleTabs.keep());

let scheme = storedScheme();
applyScheme(scheme);
themeButton.addEventListener('click', () => {
  scheme = nextScheme(scheme);
  storeScheme(scheme);
  applyScheme(scheme);
});

/** Shows the reader's last version of the example in the address, or of the code in its fragment. Runs no code. */
function showExample(): void {
  const number = exampleNumber(location.search);
  const linked = readPlaygroundLink(location.hash);
  const example = linked === undefined ? (examples[number - 1] ?? examples[0]) : exampleOf(linked);
  select.value = String(number);
  lesson.textContent = example.lesson;
  const place =
    linked === undefined ? { slot: `example-${number}`, source: '' } : { slot: 'link', source: location.hash };
  exampleTabs.show(place, example.tabs);
  showAction(example);
}

function showReset(): void {
  resetButton.textContent = exampleTabs.canUndoReset ? 'Undo reset' : 'Reset example';
}

function exampleOf(linked: LinkedCode): Example {
  return {
    title: linked.name,
    lesson: 'This code came with a link and has not run yet. Read it before you run it.',
    tabs: [linked],
  };
}

function showAction({ action }: Example): void {
  playground.querySelector('[slot=actions]')?.remove();
  if (action === undefined) return;
  const button = document.createElement('button');
  button.slot = 'actions';
  button.textContent = action.label;
  button.addEventListener('click', () => {
    const [tab] = playground.tabs;
    // The console of the tab shows the error.
    for (const options of action.runs) void playground.run(tab, options).catch(() => undefined);
  });
  playground.append(button);
}

function applyScheme(chosen: ColourScheme): void {
  const icons = {
    auto: svg`<path d="M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2v12" /><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />`,
    light: svg`<path d="M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7" />`,
    dark: svg`<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />`,
  };
  document.documentElement.dataset['theme'] = chosen;
  playground.theme = chosen;
  const label = `Colour scheme: ${chosen}`;
  themeButton.title = label;
  themeButton.setAttribute('aria-label', label);
  render(html`<svg viewBox="0 0 16 16" aria-hidden="true">${icons[chosen]}</svg>`, themeButton);
}

function required<K extends keyof HTMLElementTagNameMap>(selector: K): HTMLElementTagNameMap[K];
function required<E extends Element>(selector: string): E;
function required(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`index.html has no ${selector}.`);
  return element;
}
