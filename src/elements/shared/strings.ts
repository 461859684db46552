/**
 * English texts and accessible names of the playground. The parts that arrive later bring their own, as the snippet does. Other languages
 * are in `locales/`.
 */
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
  panelNames: { pending: 'Pending', tools: 'Tools', history: 'History', timeline: 'Timeline' },
  morePanels: 'More',
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
  levels: { debug: 'All levels', log: 'Info and up', warn: 'Warnings and up', error: 'Errors', tools: 'Tool calls' },
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

  variables: 'Variables',

  moreProperties: (count: number) => `${count} more`,
};

/** The texts of the playground, in one language. */
export type Strings = Readonly<typeof english>;
