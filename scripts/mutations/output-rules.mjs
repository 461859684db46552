import { inFile } from './in-file.mjs';

const displays = ['workers/kernel/display/displays.test.ts'];
const components = ['scripts/components/components.test.ts'];
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
    [['a document without scripts has a policy', "scripts ? '' : onlyOwnScripts(nonce)", "''"]],
  ),
  ...inFile(
    'src/elements/output/table-rows.ts',
    ['src/elements/output/table-rows.test.ts'],
    [['no text of a CSV is a formula', "`'${text}`", 'text']],
  ),
  ...inFile('workers/dom/node.ts', components, [
    ['a tree has a limit of nodes', 'if (++count > maxTreeNodes)', 'if (false)'],
  ]),
  ...inFile('workers/dom/component.ts', components, [
    [
      'a component runs in the execution that displayed it',
      'this.#services.run(this.#execution, this.#context, task);',
      'task();',
    ],
  ]),
  ...inFile('workers/dom/dom.part.ts', components, [
    ['a component ends with its execution', 'component.onStopped(() => end(place));', ''],
    ['what is replaced ends', 'if (place !== undefined) end(place);', ''],
  ]),
  ...inFile(
    'workers/frame-elements.ts',
    ['workers/frame-elements.test.ts'],
    [
      [
        'only elements of the list are made',
        'if (allowedElements[namespace]?.has(text) === true)',
        'if (namespace === 0)',
      ],
      ['no attribute is a handler', 'refusedAttribute.test(name) || ', ''],
      ['an address is of the page itself', 'if (!addressAttribute.test(name)) return true;', 'return true;'],
    ],
  ),
  ...inFile(
    'workers/component-tree.ts',
    ['workers/component-tree.test.ts'],
    [
      ['a page has a limit of nodes', 'if (this.#nodes.size >= maxTreeNodes)', 'if (false)'],
      ['a page has a limit of levels', 'if (depth > maxDepth)', 'if (false)'],
      ['only live properties are set', 'if (!isLive(name) || ', 'if ('],
      ['what was typed meanwhile stays', ' || seen < (this.inputs.get(node) ?? 0)', ''],
    ],
  ),
  ...inFile(
    'src/protocol/frame/component-messages.ts',
    ['src/protocol/frame/component-messages.test.ts'],
    [['an event has only fields of the list', '(name) => eventFields.has(name)', '() => true']],
  ),
  ...inFile(
    'src/sdk/workers/part-loader.ts',
    ['src/sdk/workers/part-loader.test.ts'],
    [['a part is bound to its build', 'integrity, cache,', 'cache,']],
  ),
];
