import { maxNameCharacters, maxNames } from '../../../src/protocol/bounds.js';
import type { GroupText } from './graph/format.js';
import { isRecord } from '../../../src/protocol/checks/checks.js';

/** The text is no valid checkpoint. The message gives the place, the expected value and the received one. */
export class CheckpointFormatError extends Error {
  override readonly name = 'CheckpointFormatError';
}

/** Reads one group per line, in the format of `format.ts`. @throws CheckpointFormatError */
export function readGroups(text: string): GroupText[] {
  const groups: GroupText[] = [];
  let names = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const at = `line ${index + 1}`;
    let group: unknown;
    try {
      group = JSON.parse(line);
    } catch {
      throw new CheckpointFormatError(`${at} is not valid JSON`);
    }
    checkGroup(group, at);
    names += group.names.length;
    groups.push(group);
  }
  if (names > maxNames) throw new CheckpointFormatError(`it has ${names} names, and at most ${maxNames} are allowed`);
  return groups;
}

type Check = (value: unknown, at: string) => void;

function expect(isRight: boolean, what: string, value: unknown, at: string): asserts isRight {
  if (isRight) return;
  const received = Array.isArray(value) ? 'a list' : (JSON.stringify(value) ?? 'nothing').slice(0, 50);
  throw new CheckpointFormatError(`${at}: expected ${what}, received ${received}`);
}

const text: Check = (value, at) => expect(typeof value === 'string', 'text', value, at);
const number: Check = (value, at) => expect(typeof value === 'number', 'a number', value, at);
const optional =
  (check: Check): Check =>
  (value, at) =>
    value === undefined || check(value, at);
const orNull =
  (check: Check): Check =>
  (value, at) =>
    value === null || check(value, at);

function items(value: unknown, at: string): readonly unknown[] {
  expect(Array.isArray(value), 'a list', value, at);
  return value as readonly unknown[];
}

/** Checks a tuple, with one check per item. Optional items may be absent. */
const tuple =
  (least: number, ...checks: readonly Check[]): Check =>
  (value, at) => {
    const { length } = items(value, at);
    expect(length >= least && length <= checks.length, `a list of ${least} to ${checks.length}`, value, at);
    for (const [index, item] of (value as readonly unknown[]).entries()) checks[index]!(item, `${at}[${index}]`);
  };

/** Checks a list whose items alternate between the checks. */
const turns =
  (...checks: readonly Check[]): Check =>
  (value, at) => {
    const { length } = items(value, at);
    expect(length % checks.length === 0, `a list of pairs`, value, at);
    for (let index = 0; index < length; index++)
      checks[index % checks.length]!((value as readonly unknown[])[index], `${at}[${index}]`);
  };

const kinds: ReadonlySet<unknown> = new Set(['let', 'const', 'var', 'function', 'class', 'import']);

function checkGroup(group: unknown, at: string): asserts group is GroupText {
  expect(isRecord(group) && Number.isSafeInteger(group['id']), 'a group of names', group, at);
  const ids = new Set<unknown>();
  for (const [index, node] of items(group['nodes'], `${at}, nodes`).entries()) {
    const isNode = isRecord(node) && Number.isSafeInteger(node['i']) && !ids.has(node['i']);
    expect(isNode, 'a node with an id of its own', node, `${at}, nodes[${index}]`);
    ids.add(node['i']);
  }
  const slot: Check = (value, where) => {
    if (!Array.isArray(value)) return expect(!isRecord(value), 'a slot', value, where);
    const [first, ...others] = value as readonly unknown[];
    const isReference = typeof first === 'number' && others.length === 0;
    if (isReference) expect(ids.has(first), 'the id of a node', first, where);
    else expect(value.length > 0 && value.every((one) => typeof one === 'string'), 'a slot', first, where);
  };
  const key: Check = (value, where) => (Array.isArray(value) ? tuple(2, text, text)(value, where) : text(value, where));
  const slots = turns(slot);
  const contents: Readonly<Record<string, Check>> = {
    array: slots,
    sparse: number,
    map: turns(slot, slot),
    set: slots,
    date: orNull(number),
    regexp: tuple(2, text, text),
    url: text,
    box: slot,
    buffer: (value, where) => (Array.isArray(value) ? tuple(2, text, number)(value, where) : text(value, where)),
    view: tuple(4, text, slot, number, orNull(number)),
    error: tuple(1, text, text, text),
    fn: text,
    method: text,
    member: tuple(4, slot, key, number, text),
    prototype: slot,
  };
  for (const node of group['nodes'] as readonly Readonly<Record<string, unknown>>[]) {
    const where = `${at}, node ${String(node['i'])}`;
    const { t, v, p, a, c, d, x } = node;
    if (t !== undefined) {
      expect(typeof t === 'string' && Object.hasOwn(contents, t), 'the type of a node', t, where);
      contents[t]!(v, `${where}, v`);
    }
    optional(turns(key, slot))(p, `${where}, p`);
    optional(turns(tuple(3, key, number, slot, slot)))(a, `${where}, a`);
    optional(slot)(c, `${where}, c`);
    optional(text)(d, `${where}, d`);
    optional(number)(x, `${where}, x`);
  }
  for (const [index, name] of items(group['names'], `${at}, names`).entries()) {
    const where = `${at}, names[${index}]`;
    const isImport = items(name, where)[2] === 'import';
    tuple(
      isImport ? 5 : 4,
      number,
      (value) => expect(typeof value === 'string' && value.length <= maxNameCharacters, 'a name', value, where),
      (value) => expect(kinds.has(value), 'the kind of a name', value, where),
      isImport ? text : slot,
      orNull(text),
    )(name, where);
  }
}
