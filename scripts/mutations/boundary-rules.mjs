import { inFile } from './in-file.mjs';

const checks = [
  'src/protocol/checks/message-checks.test.ts',
  'src/protocol/checks/read-output.test.ts',
  'src/protocol/checks/check-preview.test.ts',
];
const endpoint = ['src/protocol/endpoint/host-endpoint.test.ts', 'src/protocol/endpoint/worker-endpoint.test.ts'];
const frame = ['src/protocol/frame/gate.test.ts'];
const codec = [
  'src/protocol/codec/bounds.test.ts',
  'src/protocol/codec/codec.test.ts',
  'src/protocol/codec/decode.test.ts',
  'src/protocol/codec/value-path.test.ts',
];

/** One deliberate break for each rule of the boundary between worker and page. @type {readonly import('./in-file.mjs').Mutation[]} */
export const boundaryMutations = [
  ...inFile('src/protocol/checks/checks.ts', checks, [
    ['a text has a limit', "typeof value === 'string' && value.length <= maxCharacters", "typeof value === 'string'"],
    ['a list has a limit', 'Array.isArray(value) && value.length <= maxLength', 'Array.isArray(value)'],
    ['a number is finite', "typeof value === 'number' && Number.isFinite(value)", "typeof value === 'number'"],
    ['a count is not negative', 'Number.isSafeInteger(value) && (value as number) >= 0', 'Number.isSafeInteger(value)'],
    ['a record has a limit of keys', 'keys.length > maxKeys || ', ''],
    ['keys of a record have a limit', ' || keys.some((key) => key.length > maxKeyCharacters)', ''],
    ['a list is no object', ' && !Array.isArray(value)', ''],
    ['inherited fields are not read', ' && Object.hasOwn(fields, key)', ''],
    ['an error names the whole path', '`${key}.${error.path}`', '`${key}`'],
  ]),
  ...inFile('src/protocol/checks/check-preview.ts', checks, [
    ['previews have a depth', 'if (depth > maxPreviewDepth) throw', 'if (false) throw'],
    ['previews have a size', 'if (this.#nodes > maxPreviewNodes) throw', 'if (false) throw'],
    ['a preview sets no prototype', "if (Object.hasOwn(preview, '__proto__')) throw", 'if (false) throw'],
  ]),
  ...inFile('src/protocol/endpoint/envelope.ts', endpoint, [
    ['a path has one segment', ' || path.length !== 1', ''],
    ['one argument is passed', ' || argumentList.length !== 1', ''],
    ['the text of a packet has a limit', 'if (encoded.byteLength > maxTextBytes) throw', 'if (false) throw'],
    ['the name of a method has a limit', ' || method.length > maxMethodCharacters', ''],
  ]),
  ...inFile('src/protocol/endpoint/host-endpoint.ts', endpoint, [
    ['no port comes along', 'if (ports.length > 0) throw', 'if (false) throw'],
    ['messages have a rate', 'if (!this.#messages.take(1, now)) throw', 'if (false) throw'],
    ['bytes have a rate', 'if (!this.#bytes.take(packetSize(packet), now)) throw', 'if (false) throw'],
    ['an id is used once at a time', 'if (this.#answering.has(id)) throw', 'if (false) throw'],
  ]),
  ...inFile('src/protocol/frame/gate.ts', frame, [
    ['the gate counts messages', 'if (!this.#messages.take(1, now)) return', 'if (false) return'],
    ['the gate lets no port pass', 'ports > 0 || ', ''],
    ['the gate counts bytes', 'this.#bytes.take(packetSize(data), now)', 'true'],
  ]),
  ...inFile(
    'src/protocol/endpoint/token-bucket.ts',
    ['src/protocol/endpoint/token-bucket.test.ts'],
    [
      ['a refused packet takes no token', 'if (tokens > this.#tokens) return false;', ''],
      ['a clock that is set back takes no tokens', 'if (now > this.#filledAt) {', 'if (true) {'],
      ['a bucket does not overflow', 'filled > this.rate.burst ? this.rate.burst : filled', 'filled'],
    ],
  ),
  ...inFile(
    'src/protocol/frame/heartbeat.ts',
    ['src/protocol/frame/heartbeat.test.ts'],
    [
      ['a watch is disposed once', 'if (!watching) return;', ''],
      ['misses before a watch do not count', '    this.#misses = 0;\n', ''],
      ['nothing beats after the end', 'if (this.#isOver) return;', ''],
      ['nothing beats without a watch', 'if (this.#watchers === 0) this.#rest();', ''],
    ],
  ),
  ...inFile('src/protocol/codec/text-limits.ts', codec, [
    ['the length of a text is limited', 'text.length > maxTextCharacters', 'false'],
    ['the parts of a group are limited', 'if (structure > maxGroupStructure) return', 'if (false) return'],
    [
      'the parts of all groups are limited',
      'this.#structure > maxStructure ? tooManyParts(maxStructure) : undefined',
      'undefined',
    ],
  ]),
  ...inFile('src/protocol/codec/decode.ts', codec, [
    ['digits of a number are limited', 'text.length > maxDigits + 1 || ', ''],
  ]),
  ...inFile('src/protocol/codec/value-path.ts', codec, [
    ['a long path loses its middle', 'if (path.length > maxPathCharacters)', 'if (false)'],
    ['objects of the platform are not sent as their fields', 'if (isProxy(owner)) return true;', ''],
  ]),
];
