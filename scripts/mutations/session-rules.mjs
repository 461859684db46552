import { inFile } from './in-file.mjs';

const session = [
  'src/sdk/session/session.test.ts',
  'src/sdk/session/session-release.test.ts',
  'src/sdk/session/session-suspension.test.ts',
  'src/sdk/session/worker/session-worker.test.ts',
  'src/sdk/session/worker/late-tool-callers.test.ts',
];
const pool = [
  'src/sdk/workers/worker-pool.test.ts',
  'src/sdk/workers/worker-limit.test.ts',
  'src/sdk/workers/executor-client.test.ts',
];
const tools = ['src/sdk/tools/tool-service.test.ts'];
const registry = ['src/sdk/tools/registry/component-registry.test.ts', 'src/sdk/tools/foreign-tools.test.ts'];

/** One deliberate break for each rule of sessions, workers and tools. @type {readonly import('./in-file.mjs').Mutation[]} */
export const sessionMutations = [
  ...inFile('src/sdk/session/session.ts', session, [
    ['an execution no longer listens to its signal', "options.signal?.removeEventListener('abort', onAbort);", ''],
    ['an ended execution is forgotten', 'this.#live.delete(runId);', ''],
    [
      'tools are disposed when the session closes',
      '() => this.#tools.dispose({ cancel: true })',
      'async () => undefined',
    ],
    ['closing drains', 'if (drain) await', 'if (false) await'],
    ['an aborted signal runs nothing', 'options.signal?.aborted === true', 'false'],
    ['a tool call keeps a session from suspension', 'this.#tools.pendingCount > 0', 'false'],
  ]),
  ...inFile(
    'src/sdk/session/worker/thread-merge.ts',
    ['src/sdk/session/worker/thread-merge.test.ts'],
    [
      ['thread: a name that both changed is a conflict', 'conflicts.push(...met);', ''],
      ['thread: what it only read is not its change', 'ours.get(name) !== before.of(name));', 'true);'],
      ['thread: keep leaves the value of the session', 'changed.filter(isFree);', 'changed;'],
    ],
  ),
  ...inFile(
    'workers/kernel/checkpoint/checkpoints.ts',
    ['workers/kernel/merges.test.ts'],
    [
      [
        'thread: nothing of a stale merge is bound',
        'if (isStale) return done({ ...restored, restored: [], isStale });',
        '',
      ],
    ],
  ),
  ...inFile('src/sdk/session/host-api.ts', session, [
    ['output goes to its own execution', 'execution?.addOutput(entry);', ''],
  ]),
  ...inFile(
    'src/sdk/session/pending-waits.ts',
    ['src/sdk/session/session-waits.test.ts'],
    [['a stop ends waits for pending promises', 'for (const end of waits) end();', '']],
  ),
  ...inFile('src/sdk/session/worker/run-in-worker.ts', session, [
    ['the time limit and the report’s time end with the execution', '    cancel();\n', ''],
    ['the heartbeat ends with the execution', 'heartbeat.dispose();', ''],
    ['a silent worker is lost', 'if (error instanceof RequestTimeoutError) sessionWorker.lost(client, error);', ''],
  ]),
  ...inFile('src/sdk/session/worker/pending-work.ts', session, [
    [
      'code that does not stop costs the worker',
      'else lost(new Error(`the code of ${execution.fileName} did not stop in time`));',
      '',
    ],
    ['late calls are revoked with the worker', 'this.#lateToolCallers.revokeAll(reason);', ''],
  ]),
  ...inFile('src/sdk/session/worker/session-worker.ts', session, [
    [
      'a lost worker is replaced',
      "if (this.#worker.state === 'none') this.#start(error.message).catch(() => undefined);",
      '',
    ],
    [
      'a lost worker of another time changes nothing',
      "if (!('client' in worker) || worker.client !== client) return;",
      '',
    ],
    ['what blocks a suspension is heard', 'if (blockers.length > 0) return notSuspended(...blockers);', ''],
    ['the session itself may block a suspension', 'if (blocker !== undefined) return notSuspended(blocker);', ''],
    ['a session that was used meanwhile is not suspended', 'worker.uses === uses && ', ''],
    ['requests under way keep a session from suspension', 'worker.requests + worker.executions === 0', 'true'],
    ['a session runs until its last execution ends', 'worker.executions > 0 || ', ''],
    ['a second loss is an error', 'if (isSecond) throw', 'if (false) throw'],
    ['a reset drops the checkpoint', 'await this.#checkpoint.drop();', ''],
    ['a request ends', 'worker.requests--;', ''],
    ['the last changes are stored before the end', 'await this.#checkpoint.finish(this.#worker.client);', ''],
    [
      'a suspended session stays so when its worker fails',
      "names === undefined ? { state: 'none' } : { state: 'suspended', names }",
      "{ state: 'none' }",
    ],
  ]),
  ...inFile('src/sdk/session/worker/late-tool-callers.ts', session, [
    ['the oldest late callers are revoked', 'oldest.revoke(endedLongAgo);', 'void oldest;'],
    [
      'late calls have a limit',
      '    admission.settled(lateToolCalls);\n    this',
      '    admission.settled();\n    this',
    ],
    ['late calls of pending work go on', 'if (leavesWork) this.#working.add(admission);', ''],
    [
      'late calls end after the pending work',
      '  workHasEnded(): void {\n    this.#working.clear();',
      '  workHasEnded(): void {',
    ],
  ]),
  ...inFile('src/sdk/workers/worker-pool.ts', pool, [
    ['eight workers start at a time', 'started = await this.#starting.take(signal)', 'void maxStarting'],
    ['a start that has ended lets the next one in', '      started();\n', ''],
    ['a failed start gives its place back', "end('it did not start');", ''],
    ['a lease that ends gives its place back', '      giveBack();\n', ''],
    ['a lease that ends ends its worker', 'connection?.terminate(reason);', ''],
    [
      'idle workers go with a worker that ran',
      "if (isRunning) this.#discardIdle('a worker of its process was lost');",
      '',
    ],
    ['no more idle workers than free places', ' && this.#idle.size < this.#limit.free', ''],
    ['a closed pool opens nothing', '!this.#isClosed && ', ''],
    [
      'a silent idle worker ends the others',
      "if (wasIdle) this.#discardIdle('a worker of its process does not answer');",
      '',
    ],
    ['the longest idle session is suspended first', 'a.since - b.since', 'b.since - a.since'],
    ['timers of a start end with it', 'for (const release of releases) release();', ''],
  ]),
  ...inFile('src/sdk/workers/worker-limit.ts', pool, [
    ['a place is given back once', 'if (!isTaken) return;', ''],
    ['a wait goes on while places are given', 'for (const { waitOn } of this.#waiting) waitOn();', ''],
    ['a place is handed over in order', 'const next = this.#waiting.shift();', 'const next = this.#waiting.pop();'],
    ['who no longer waits gets no place', 'if (index >= 0) this.#waiting.splice(index, 1);', ''],
    [
      'a place that may be spared is asked for again',
      'if (await this.#options.freeOne()) this.#maySpareOne = true;',
      'await this.#options.freeOne();',
    ],
    ['timers of a wait end with it', '        cancelTimer();\n        unlisten();', '        unlisten();'],
  ]),
  ...inFile(
    'src/sdk/workers/executor-client.ts',
    [...pool, ...session],
    [
      ['a request that is answered has no timer', '      cancelTimer();\n', ''],
      ['a lease after the end is released', "lease.release('it is no longer needed');", ''],
      ['a worker is released when its client ends', 'this.#lease?.release(reason, this.#executions > 0);', ''],
      ['an ended worker calls nothing', 'signal.aborted ? closedApi : api', 'api'],
      ['opening no longer listens once it ended', '      unlisten();\n', ''],
    ],
  ),
  ...inFile('src/sdk/tools/tool-service.ts', tools, [
    ['an admission ends with its signal', 'execution.signal?.removeEventListener(', 'void execution.signal?.toString('],
    ['a revoked execution is gone', 'this.#executions.delete(key);', ''],
    ['a revoked execution stops its calls', '      cancelCalls(admitted, reason);\n', ''],
    ['the run id of a call is its own', 'execution?.context.runId !== runId', 'execution === undefined'],
    ['late calls are refused', 'performance.now() > lateCalls.until', 'false'],
    ['a call that ended is not pending', 'this.#pending.delete(call);', ''],
    ['closing waits for calls', 'Promise.allSettled(this.#pending)', 'Promise.resolve()'],
    ['a call ends by the end of its execution', 'return Math.min(timeout, remaining);', 'return timeout;'],
    ['no call begins after its execution', 'if (remaining <= 0) throw new ToolTimeoutError(name, 0);', ''],
  ]),
  ...inFile('src/sdk/tools/tool-errors.ts', tools, [
    ['only public errors are shown to code', '(thrown as { public?: unknown }).public === true', 'true'],
  ]),
  ...inFile('src/sdk/tools/tool-call.ts', tools, [
    ['required context is checked', 'if (missing.length > 0) throw', 'if (false) throw'],
    ['arguments are checked', 'throw new ToolInputError(name, validation.issues, { received: given });', 'void 0;'],
    ['results are checked', 'throw new ToolOutputError(name, validation.issues, { received: result });', 'void 0;'],
    ['a call without an approver is denied', 'approve !== undefined && ', 'approve === undefined || '],
    ['a denied call does not run', 'if (!allowed)', 'if (false)'],
    ['an aborted call does not begin', 'if (signal.aborted) throw cancellation(name, signal.reason);', ''],
    ['a tool that is stopped hears of it', 'controller.abort(error);', ''],
    ['timers of a call end with it', 'for (const release of releases) release();', ''],
  ]),
  ...inFile(
    'src/sdk/traces/call-values.ts',
    ['src/sdk/traces/call-values.test.ts'],
    [
      ['secrets of tool calls are not kept', 'secret.test(key)', 'false'],
      [
        'a large value is read no further than it is shown',
        "if (room <= 0) return text.endsWith('…') ? text : `${text}…`;",
        '',
      ],
    ],
  ),
  ...inFile('src/sdk/tools/registry/tool-names.ts', registry, [
    ['reserved names are refused', 'if (reservedIdentifiers.has(identifier)) {', 'if (false) {'],
    ['names of members of every object are refused', '...reservedWords, ...reservedToolNames', '...reservedWords'],
    ['long names are refused', 'path.length <= maxToolNameCharacters', 'true'],
    ['a dot of a name is no namespace', '[^\\p{ID_Continue}$]/gu', '[^\\p{ID_Continue}$.]/gu'],
  ]),
  ...inFile(
    'src/sdk/retry.ts',
    ['src/sdk/retry.test.ts'],
    [
      ['attempts have an end', 'attempt >= attempts || ', ''],
      ['only what may help is tried again', ' || !isTransient(error)', ''],
      ['an aborted wait ends', 'signal?.aborted === true || ', ''],
    ],
  ),
];
