import { inFile } from './in-file.mjs';

const endpoints = ['src/protocol/endpoint/worker-endpoint.test.ts', 'src/protocol/endpoint/host-endpoint.test.ts'];

/** One deliberate break for each rule that keeps the page responsive. @type {readonly import('./in-file.mjs').Mutation[]} */
export const pageMutations = [
  ...inFile('src/protocol/endpoint/worker-endpoint.ts', endpoints, [
    ['bytes of calls in flight are limited', 'if (lane === others && bytesInFlight >= maxBytes) return;', ''],
    ['output does not wait for calls', 'lane === others && bytesInFlight', 'bytesInFlight'],
    ['an answered call is no longer in flight', 'bytesInFlight -= call.bytes;', ''],
    ['waiting calls are counted until they are sent', 'lane.bytes -= lane.first!.packed.size;', ''],
  ]),
  ...inFile('src/protocol/endpoint/host-endpoint.ts', endpoints, [
    [
      'the host closes at too many bytes in flight',
      '!isOrdered && this.#answeringBytes',
      'false && this.#answeringBytes',
    ],
    ['ordered calls have no limit of bytes', '!isOrdered && this.#answeringBytes', 'this.#answeringBytes'],
    ['a reply is sent where its time counts', 'this.#outbox.push({ next });', 'next();'],
    ['a closed endpoint is forgotten', 'this.#kernel[Comlink.releaseProxy]();', ''],
    ['an answered call frees its bytes', 'this.#answeringBytes -= this.#answering.get(id) ?? 0;', ''],
  ]),
  ...inFile(
    'src/protocol/endpoint/job-queue.ts',
    ['src/protocol/endpoint/job-queue.test.ts'],
    [['a turn lasts a slice', 'if (this.#now() - started >= slice) break;', 'break;']],
  ),
  ...inFile(
    'src/elements/timeline/plot/draw-plot.ts',
    ['src/elements/timeline/plot/draw-plot.test.ts'],
    [['the timeline draws once for each pixel', 'if (right <= drawnTo) continue;', '']],
  ),
  ...inFile(
    'workers/worker-session.ts',
    ['workers/worker-session.test.ts'],
    [['a source that did not arrive is reported', 'if (!hasEnded) options.onFailed((error as Error).message);', '']],
  ),
  ...inFile(
    'src/protocol/frame/what-came.ts',
    ['src/protocol/frame/what-came.test.ts'],
    [
      ['the status is told', 'if (!response.ok)', 'if (false)'],
      ['the type is told', "if (type !== 'text/html')", 'if (false)'],
    ],
  ),
  ...inFile(
    'src/elements/snippet/shell/addition.ts',
    ['src/elements/snippet/shell/addition.test.ts'],
    [
      ['what cannot be selected is no code', '/user-select:\\s*none/.test(style) ||', ''],
      ['a number with a padding is no code', '(/padding-right:/.test(style) && isNumber(node))', 'false'],
      ['rows hold code whatever they are called', 'if (structure.has(node.nodeName)) return false;', ''],
      ['removed lines are no code', 'isRemoved(node) ||', ''],
    ],
  ),
  ...inFile(
    'src/elements/snippet/shell/code-text.ts',
    ['src/elements/snippet/shell/code-text.test.ts'],
    [
      [
        'white space between cells is no code',
        'if (!tableElements.has(node.nodeName)) visitText(child);',
        'visitText(child);',
      ],
      ['a row without text is an empty line', "(node.nodeName === 'TR' && pieces.length === length)", 'false'],
    ],
  ),
  ...inFile(
    'src/elements/shared/late-module.ts',
    ['src/elements/shared/late-module.test.ts'],
    [
      ['a module that has just failed is not asked for at once', 'performance.now() - this.#failedAt < pause', 'false'],
      ['a broken module is not asked for by itself', 'this.isBroken ||', ''],
      ['a module that failed is asked for again', 'this.#isLoading = false;', ''],
    ],
  ),
  ...inFile(
    'src/elements/run/run-presenter.ts',
    ['src/elements/snippet/run/shared-session.test.ts', 'src/elements/playground/playground-tab.test.ts'],
    [
      ['what is pending is stopped', 'await (await this.connection)?.cancelPending?.();', ''],
      ['what is pending is shown', 'this.#options.onPending?.();', ''],
    ],
  ),
  ...inFile(
    'src/elements/shared/text-budget.ts',
    ['src/elements/shared/text-budget.test.ts'],
    [
      ['runs of marks are cut', "shown = text.replace(marks, '$1');", ''],
      ['marks that directions come from cost much', 'if (direction.test(character)) return perChange;', ''],
      ['marks cost more than letters', 'if (mark.test(character)) return perMark;', ''],
      ['a change of script costs much', 'if (writing !== last) this.#left -= perChange;', ''],
      ['tabs and line ends cost more than letters', 'point === 9 || point === 10 ? perSymbol : perLetter', 'perLetter'],
      ['a text costs something by itself', 'this.#left -= perText;', ''],
      ['plain text is limited', 'end = Math.min(end, Math.max(0, this.#left));', ''],
    ],
  ),
  ...inFile(
    'src/elements/console/styled-text.ts',
    ['src/elements/console/styled-text.test.ts'],
    [
      ['paddings are small', 'smallPadding.test(value)', 'isHarmless(value)'],
      ['few properties are allowed', 'allowedProperties.has(property) && isHarmless(value)', 'isHarmless(value)'],
      [
        'values have no functions that load',
        'allowedProperties.has(property) && isHarmless(value)',
        'allowedProperties.has(property)',
      ],
    ],
  ),
  ...inFile(
    'workers/kernel/console/session-output.ts',
    ['workers/kernel/testing/boundary.test.ts'],
    [['groups are limited', 'return depth < maxGroupDepth ? depth : maxGroupDepth;', 'return depth;']],
  ),
  ...inFile(
    'src/protocol/checks/read-output.ts',
    ['src/protocol/checks/read-output.test.ts'],
    [['the host refuses very deep groups', 'if (count(value) <= maxGroupDepth)', 'if (count(value) >= 0)']],
  ),
  ...inFile(
    'workers/kernel/host-link.ts',
    ['workers/kernel/testing/boundary.test.ts'],
    [['calls that wait are limited', ' ?? refusalOfMore(this.#endpoint.waiting)', '']],
  ),
];
