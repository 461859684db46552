import { english } from '../shared/strings.js';

/** English texts of the panels that a playground loads when they are shown. */
export const panelStrings = {
  ...english,
  variablesEmpty: 'No variables yet',
  variablesEmptyHint: 'Variables that a run declares stay here for the next run.',

  variablesPanel: {
    filter: 'Filter names',
    matches: (count: number, total: number) => `${count} of ${total}`,
    noMatch: 'No name matches the filter',
    pin: 'Pin to the top',
    unpin: 'Unpin',
    pinName: (name: string) => `Pin ${name}`,
    gone: 'has no value now',
    copyAsJson: 'Copy as JSON',
    copyNameAsJson: (name: string) => `Copy ${name} as JSON`,
    copied: 'copied as JSON',
    noJson: 'has no form as JSON',
    notCopied: 'could not be copied',
    setBy: (cell: string) => `Declared by ${cell}`,
    size: {
      characters: (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'character' : 'characters'}`,
      items: (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'item' : 'items'}`,
      bytes: (count: number) =>
        count < 1_000
          ? `${count} B`
          : count < 1e6
            ? `${(count / 1e3).toFixed(1)} KB`
            : `${(count / 1e6).toFixed(1)} MB`,
    },
  },

  toolsPanel: {
    filter: 'Filter tools',
    matches: (count: number, total: number) => `${count} of ${total}`,
    noMatch: 'No tool matches the filter',
    empty: 'This page has no tools',
    emptyHint: 'Tools that the page registers for the code are listed here.',
    asks: 'asks first',
    mayAsk: 'may ask first',
    needsContext: (key: string) => `Requires “${key}” in the context`,
    types: 'Types',
    inputSchema: 'Schema of the input',
    outputSchema: 'Schema of the result',
    tryIt: 'Try a call',
    call: 'Call',
    calling: 'Calling…',
    insert: 'Insert as code',
    insertTitle: 'Put this call at the end of the code in the editor',
    input: 'input',
    optional: 'optional',
    notSet: '(not set)',
    jsonHint: 'JSON',
    addItem: (list: string) => `Add to ${list}`,
    removeItem: 'Remove',
    removeItemOf: (list: string, number: number) => `Remove ${list} ${number}`,
    result: 'result',
    problems: {
      number: 'Enter a number.',
      integer: 'Enter a whole number.',
      date: 'Enter a date.',
      json: 'Enter a value as JSON.',
      choice: 'Choose one.',
    },
  },

  historyPanel: {
    filter: 'Filter history',
    matches: (count: number, total: number) => `${count} of ${total}`,
    noMatch: 'No cell matches the filter',
    empty: 'Nothing has run yet',
    emptyHint: 'The cells of this session are listed here with their values. Code reads them as In[n] and Out[n].',
    earlier: (count: number) => `${count} earlier`,
    actions: { again: 'Run again', edit: 'Put into the editor', copy: 'Copy the code' },
    done: { again: 'Runs again', edit: 'In the editor', copy: 'Copied' },
    notCopied: 'The code could not be copied',
  },

  pendingPanel: {
    kinds: { promise: 'Promise', timer: 'Timer', listener: 'Listener', tool: 'Tool call' },
    empty: 'Nothing is pending',
    emptyHint: 'Promises under names, timers, listeners and tool calls that code has under way are listed here.',
    count: (count: number) => `${count} pending`,
    cancelAll: 'Cancel all',
    cancelAllTitle: 'Cancel what ended runs have left; what runs goes on, and the variables stay',
    age: (seconds: number) =>
      seconds < 60
        ? `${seconds} s`
        : seconds < 3600
          ? `${Math.floor(seconds / 60)} min`
          : `${Math.floor(seconds / 3600)} h`,
    since: (time: string) => `Since ${time}`,
    unnamed: 'no name',
  },
};

/** Texts of the panels, in one language. */
export type PanelStrings = Readonly<typeof panelStrings>;
