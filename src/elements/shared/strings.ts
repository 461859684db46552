import type { SnippetStrings } from './snippet-strings.js';

/** English texts and accessible names of all elements except the snippet. Other languages are in `locales/`. */
export const english = {
  tabs: 'Tabs',
  newTab: 'New tab',
  untitled: (number: number) => `Tab ${number}`,
  closeTab: (name: string) => `Close ${name}`,
  renameTab: 'Rename tab',
  closedTab: (name: string) => `Closed “${name}”`,
  undo: 'Undo',
  noTabs: 'No tab is open',
  noTabsHint: 'Each tab runs in its own worker, with its own variables.',

  run: 'Run',
  stop: 'Stop',
  reset: 'Reset',
  runTitle: (shortcut: string) => `Run the code in this tab (${shortcut})`,
  stopTitle: 'Stop the code; the variables are kept',
  resetTitle: 'Start a new worker without variables',
  mode: 'Mode',
  modeTitle:
    'async: code can await. sync: code runs to its end without a pause. thread: code runs in a worker of its own.',
  toolbar: 'Playground',
  dismiss: 'Dismiss',

  state: {
    created: 'Idle',
    starting: 'Starting',
    ready: 'Ready',
    running: 'Running',
    closing: 'Closing',
    closed: 'Closed',
    crashed: 'Crashed',
  },
  tabState: { none: '', running: 'running', ok: 'succeeded', failed: 'failed' },
  took: (milliseconds: number) =>
    milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`,
  pending: (count: number) => `${count} pending`,
  crashed: 'The session crashed. A new worker replaces it.',
  recovered: (reason: string, restored: readonly string[], lost: readonly string[]) =>
    `The session was restarted (${reason.replace(/\.$/, '')}). ` +
    (restored.length > 0 ? `Restored: ${restored.join(', ')}. ` : 'It has no variables. ') +
    (lost.length > 0 ? `Lost: ${lost.join(', ')}.` : ''),

  code: 'Code',
  codeHint: 'Press Escape, then Tab, to leave the editor. Control+M toggles whether Tab indents or moves the focus.',
  loadingEditor: 'Loading the editor',
  editorFailed: 'The full editor could not be loaded. You can edit and run code in this plain one.',
  editorBroken:
    'The full editor did not arrive whole: load the page again. You can edit and run code in this plain one.',
  typesFailed: 'Types and completions could not be loaded.',
  partFailed: 'This part could not be loaded.',
  partBroken: 'This part did not arrive whole: load the page again.',
  tryAgain: 'Try again',
  resize: 'Resize panels',

  panels: 'Panels',
  console: 'Console',
  consoleInput: 'Console input',
  consoleInputHint: 'Enter runs, Shift+Enter starts a new line, the arrow keys recall earlier input',
  consolePlaceholder: 'Evaluate in this tab',
  consoleEmpty: 'Nothing logged yet',
  consoleEmptyHint: 'Run the code, or evaluate an expression below.',
  consoleNoMatch: 'No entry matches the filter',
  clearConsole: 'Clear console',
  filter: 'Filter',
  filterLevel: 'Level',
  levels: { debug: 'All levels', log: 'Info and up', warn: 'Warnings and up', error: 'Errors' },
  level: { debug: 'Debug', log: '', info: 'Info', warn: 'Warning', error: 'Error' },
  filterTitle: 'Searches all entries, including those out of view',
  copyConsole: 'Copy console',
  toEnd: 'To the end',
  droppedEntries: (count: number) => `${count.toLocaleString('en')} earlier entries were dropped`,
  times: (count: number) => `${count} times`,
  toggleGroup: 'Group',
  ranCode: 'Ran the code',
  resetNotice: 'Reset: all variables were removed',
  goTo: (position: string) => `Go to ${position}`,
  uncaught: 'Uncaught',
  causedBy: 'Caused by',

  context: 'Context',
  contextHint: 'Every run in this tab gets this context. Read it in code: context.get("client_id").',
  contextEmpty: 'No context yet',
  contextKey: 'Key',
  contextValue: 'Value',
  addContextRow: 'Add key',
  removeContextRow: (key: string) => `Remove ${key || 'row'}`,
  rows: 'Rows',
  json: 'JSON',
  contextText: 'Context as JSON',
  contextNotObject: 'The context must be an object, such as { "client_id": "acme" }.',
  contextDuplicate: (key: string) => `The key “${key}” is used twice.`,
  contextNoKey: 'Enter a key for this value.',

  variables: 'Variables',
  variablesEmpty: 'No variables yet',
  variablesEmptyHint: 'Variables that a run declares stay here for the next run.',
  unavailable: 'Not available: the session has ended or was reset.',

  inspect: 'Value',
  copy: 'Copy value',
  outputOfCode: 'Output of the code',
  outputActions: 'Output',
  copyOutput: 'Copy this output',
  download: 'Download',
  outputTookFocus: 'The scripts of this output took the focus while you typed elsewhere, so they were stopped.',
  outputSilent: 'The scripts of this output did not end, so they were stopped. Sessions of this page were restarted.',
  progress: 'Progress',
  table: 'Table',
  sortBy: (column: string) => `Sort by ${column}`,
  resizeColumn: (column: string) => `Width of ${column}`,
  rowsOf: (shown: number, total: number) =>
    total > shown ? `${shown.toLocaleString()} of ${total.toLocaleString()} rows` : `${shown.toLocaleString()} rows`,
  invokeGetter: 'Read this getter',
  moreProperties: (count: number) => `${count} more`,
};

/** The texts of all elements except the snippet, in one language. */
export type Strings = Readonly<typeof english>;

/** All texts of the elements in one language. */
export type AllStrings = Strings & { readonly snippet: SnippetStrings };

/** Translated or reworded texts; English replaces missing ones. */
export type Translation = {
  readonly [Key in keyof AllStrings]?: AllStrings[Key] extends string | ((...values: never) => string)
    ? AllStrings[Key]
    : Partial<AllStrings[Key]>;
};
