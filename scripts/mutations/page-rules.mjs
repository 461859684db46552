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
    ['an answered call frees its bytes', 'this.#answeringBytes -= this.#answering.get(id) ?? 0;', ''],
  ]),
  ...inFile(
    'workers/kernel/host-link.ts',
    ['workers/kernel/testing/boundary.test.ts'],
    [['calls that wait are limited', ' ?? refusalOfMore(this.#endpoint.waiting)', '']],
  ),
];
