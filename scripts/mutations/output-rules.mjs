import { inFile } from './in-file.mjs';

const displays = ['workers/kernel/display/displays.test.ts'];
const forms = ['src/protocol/checks/read-forms.test.ts'];

/** One deliberate break for each rule of rich output. @type {readonly import('./in-file.mjs').Mutation[]} */
export const outputMutations = [
  ...inFile('workers/kernel/display/displays.ts', displays, [
    ['a value of a cell is asked without traps', 'isProxy(value) ? isExplicit', 'isProxy(value) ? true'],
    ['updates are sent now and then', 'now() - shown.sent >= updateInterval', 'true'],
    ['the last update comes before the result', 'if (shown.execution === execution) this.#send(shown);', ''],
    ['a bundle has a limit', 'const fits = bytes.length <= room;', 'const fits = true;'],
  ]),
  ...inFile('workers/kernel/display/record-table.ts', displays, [
    ['a table has a limit of rows', 'data.length < maxRecords && ', ''],
  ]),
  ...inFile('src/protocol/checks/read-output.ts', forms, [
    ['forms have the bytes that they say', 'if (read > data.byteLength)', 'if (false)'],
    ['all bytes belong to a form', 'if (read !== data.byteLength)', 'if (false)'],
    ['only what was displayed has forms', "if (entry.method !== 'display') return entry;", ''],
  ]),
  ...inFile('src/protocol/checks/read-forms.ts', forms, [
    ['data has a limit of parts', 'if (!isWithinStructure(json, maxFormStructure)) return undefined;', ''],
  ]),
  ...inFile(
    'src/protocol/frame/output-messages.ts',
    ['src/protocol/frame/output-messages.test.ts'],
    [['a frame has a highest height', 'Math.min(height, maxOutputHeight)', 'height']],
  ),
  ...inFile(
    'src/protocol/frame/shared-process.ts',
    ['src/protocol/frame/shared-process.test.ts'],
    [
      [
        'no frame comes back before the last has left',
        'for (const comeBack of returns) comeBack();',
        '[...occupants].forEach((leave) => leave()());',
      ],
    ],
  ),
  ...inFile(
    'workers/output-document.ts',
    ['workers/output-document.test.ts'],
    [['a document without scripts has a policy', "const policy = scripts\n    ? ''", "const policy = true\n    ? ''"]],
  ),
  ...inFile(
    'src/elements/output/table-rows.ts',
    ['src/elements/output/table-rows.test.ts'],
    [['no text of a CSV is a formula', "`'${text}`", 'text']],
  ),
];
