import { inFile } from './in-file.mjs';

/** @typedef {import('./in-file.mjs').Mutation} Mutation */

const session = ['src/sdk/session/session.test.ts'];

/** One deliberate break for each rule of Stop, of deadlines and of pending work. @type {readonly Mutation[]} */
export const timeMutations = [
  ...inFile(
    'workers/kernel/execution/asked-thenables.ts',
    ['workers/kernel/execution/asked-thenables.test.ts'],
    [
      [
        'thenables: promises of a subclass are made in the context of the await',
        'callInMapping(mapping, nativeThen as never, thenable, [resolve, rejected])',
        'apply(nativeThen, thenable, [resolve, rejected] as never)',
      ],
    ],
  ),
  ...inFile(
    'src/compiler/guard/guard.ts',
    ['src/compiler/guard/guard.test.ts'],
    [
      ['guard: loops that call nothing are checked', 'if((${quick}=${quick}-1|0)<0)', 'if(false)'],
      [
        'guard: only a list that its function fills goes without checks',
        'isFilledIn(inside.node, node.right?.name)',
        'node.right?.name !== undefined',
      ],
    ],
  ),
  ...inFile(
    'src/sdk/session/execution-gate.ts',
    ['src/sdk/session/execution-gate.test.ts'],
    [
      ['gate: eight executions are sent ahead', '|| this.#starting >= maxStarting', '|| this.#starting < 0'],
      [
        'gate: code that begins lets the next one in',
        '            this.#starting--;',
        '            void this.#starting;',
      ],
    ],
  ),
  ...inFile(
    'src/sdk/session/worker/grace.ts',
    ['src/sdk/session/worker/grace.test.ts'],
    [
      ['grace: it begins anew with each sign of life', 'if (client.heard !== heard) part = -1;', ''],
      [
        'grace: the frame is heard in each part',
        'await Promise.race([done, client.probe()])',
        'await Promise.resolve()',
      ],
    ],
  ),
  ...inFile(
    'src/sdk/session/worker/pending-work.ts',
    ['src/sdk/session/worker/pending-work.test.ts'],
    [
      ['pending work: it has a deadline', ': lost(this.#error()),', ': undefined,'],
      [
        'pending work: code that runs is not its doing',
        'this.#mayBeCode() ? wait()',
        'this.#options.limits === undefined ? wait()',
      ],
      ['pending work: it shows as busy', 'const letGo = hold();', 'const letGo = () => undefined;'],
      ['pending work: what was left is watched', 'if (mayRun) {', 'if (!mayRun) {'],
      [
        'pending work: a stop ends what keeps the worker busy',
        'this.#busyEnded() !== undefined || this.#isHeld',
        'this.#isHeld',
      ],
      ['pending work: shared memory ends it', 'if (busy !== undefined) client.cancel(busy.cell);', ''],
      [
        'stop: whom another keeps from hearing costs no worker',
        '(this.#busy ?? runId) !== runId',
        'runId === undefined',
      ],
      [
        'stop: what does not end costs the worker',
        'else lost(new Error(`the code of ${execution.fileName} did not stop in time`));',
        '',
      ],
      [
        'pending work: a worker that ended is asked nothing',
        'this.#hasEnded = true;\n    this.#cancelQuestion?.();',
        'this.#hasEnded = true;',
      ],
    ],
  ),
  ...inFile('src/sdk/session/worker/run-in-worker.ts', session, [
    ['time of code: it begins with the code', 'else execution.begin();', 'execution.begin();'],
    ['time of code: a new worker tells when it begins', '|| worker.uses === 0', ''],
  ]),
  ...inFile('src/sdk/session/session.ts', session, [
    [
      'a lost worker: what had not begun runs in the next',
      'if (!hasBegun && worker.client.isClosed && attempts < maxAttempts) continue;',
      '',
    ],
  ]),
  ...inFile(
    'workers/kernel/execution/loop-guard.ts',
    ['workers/kernel/execution/loop-guard.test.ts'],
    [
      ['guard: pending work has a limit of its own', 'if (busy < lateWork) return;', 'return;'],
      [
        'guard: pending work is not charged for others',
        'const busy = busyFor - this.#busyFrom;',
        'const busy = busyFor;',
      ],
      ['guard: each turn has its own time', 'busyFor < this.#busyFrom', 'busyFor < 0'],
      ['guard: the host learns who keeps the loop', 'keepsLoop(execution);\n    }', '}'],
    ],
  ),
  ...inFile(
    'workers/kernel/kernel.ts',
    ['workers/kernel/kernel.test.ts'],
    [
      ['kernel: pending work can be stopped', 'this.#ended.takeAll((execution) => this.#stop(execution, error));', ''],
      ['kernel: waits for what was stopped end', 'this.#pending.giveUpStopped();', ''],
      ['kernel: it tells when code begins', 'if (message.announces === true) this.#link.running(execution);', ''],
      ['kernel: it tells that work is left', '...this.#work.leftBy(execution),', ''],
    ],
  ),
];
