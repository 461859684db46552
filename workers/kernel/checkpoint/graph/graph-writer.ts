import { errorFields } from '../../../../src/protocol/intrinsics/error-fields.js';
import { classNameOf, type Brand, type IsProxy } from '../../../../src/protocol/intrinsics/brand.js';
import { NodeWriter } from './node-writer.js';
import { NotKept } from './not-kept.js';
import { primitiveText } from './primitive-text.js';
import { wayTo, type GraphHooks, type Member, type NameWalk, type Reached } from './reached.js';

export interface WriteOptions {
  /** The name that the walk starts from. */
  readonly name: object;
  /** Most characters of the text. */
  readonly room: number;
  readonly maxObjects: number;
  /**
   * Called for a reached object with the latest walk that wrote it. Returns `true` if that was in the same pass, so that a
   * reference is enough.
   */
  meet(other: NameWalk): boolean;
}

/**
 * Writes the objects that names reach, without running the reader's code: no getters, no traps of known proxies. One writer
 * lives as long as the worker, so that an object has the same id in every checkpoint.
 */
export class GraphWriter {
  readonly #hooks: GraphHooks;
  readonly #members = new WeakMap<object, Member>();
  readonly #nodes: NodeWriter;
  #serial = 0;
  #walk: OpenWalk | undefined;

  constructor(hooks: GraphHooks) {
    this.#hooks = hooks;
    this.#nodes = new NodeWriter(
      hooks,
      (value, from, step) => this.#slot(value, from, step),
      (characters) => this.#walk!.spend(characters),
    );
  }

  /** Call it before each pass. */
  begin(): void {
    this.#nodes.begin();
  }

  /** Writes the objects that a value reaches. */
  write(value: unknown, options: WriteOptions): NameWalk | NotKept {
    const walk = new OpenWalk(options);
    const { isProxy } = this.#hooks;
    let at: Reached | undefined;
    this.#walk = walk;
    try {
      walk.slot = this.#slot(value, undefined, '');
      for (const reached of walk.queue) {
        at = reached;
        walk.add(() => this.#nodes.write(reached));
      }
      return walk;
    } catch (error) {
      walk.undo();
      if (error instanceof NotKept) return error;
      // Any error loses this name only.
      return new NotKept(
        `${wayTo(at?.from, at?.step ?? '')} can't be read: ${errorFields(error as object, isProxy).message}`,
      );
    } finally {
      this.#walk = undefined;
      walk.queue.length = 0;
    }
  }

  #slot(value: unknown, from: Reached | undefined, step: string): string {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      // Checked before writing: the text is at least as long.
      if (typeof value === 'string') this.#walk!.check(value.length);
      const text = primitiveText(value);
      if (text === undefined)
        throw new NotKept(`${wayTo(from, step)} is a ${typeof value === 'symbol' ? 'unique symbol' : 'huge BigInt'}`);
      this.#walk!.spend(text.length + 1);
      return text;
    }
    const known = this.#members.get(value);
    const walk = this.#walk!;
    walk.spend(8);
    if (known?.walk === walk) return `[${known.id}]`;
    if (known?.walk !== undefined && walk.meet(known.walk)) return `[${known.id}]`;
    const external = known === undefined ? this.#external(value, from, step) : undefined;
    if (external !== undefined) return external;
    const member = known ?? { id: ++this.#serial, walk: undefined };
    if (known === undefined) this.#members.set(value, member);
    walk.reach({ source: value, member, from, step });
    return `[${member.id}]`;
  }

  /** The slot of an object that a new worker has too; `undefined` for one to write. @throws NotKept */
  #external(object: object, from: Reached | undefined, step: string): string | undefined {
    const { isProxy, originOf, globalPath, importSlot, toolPath } = this.#hooks;
    const imported = importSlot(object);
    if (imported !== undefined) return imported;
    const brand = this.#nodes.prototypes.brandOf(object);
    if (brand === 'function') {
      const origin = originOf(object);
      if (origin !== undefined) {
        const [captured] = origin.captured;
        if (captured === undefined && origin.obstacle === undefined) return undefined;
        throw new NotKept(
          captured === undefined
            ? `${wayTo(from, step)} is a class with ${origin.obstacle!}`
            : `${wayTo(from, step)} is a function that uses ${captured === 'this' || captured === 'super' ? captured : `“${captured}”`} of its enclosing scope`,
        );
      }
    }
    const tool = toolPath(object);
    if (tool !== undefined) return tool === '' ? '["tools"]' : `["tool",${JSON.stringify(tool)}]`;
    const path = globalPath(object);
    if (path !== undefined) return `["global",${JSON.stringify(path)}]`;
    if (writable.has(brand) || this.#nodes.prototypes.ownerOf(object) !== undefined) return undefined;
    throw new NotKept(`${wayTo(from, step)} is ${describe(object, brand, isProxy)}`);
  }
}

const writable: ReadonlySet<Brand> = new Set([
  'plain',
  'instance',
  'array',
  'error',
  'date',
  'regexp',
  'url',
  'map',
  'set',
  'typedarray',
  'dataview',
  'arraybuffer',
  'boxed',
]);

function describe(object: object, brand: Brand, isProxy: IsProxy): string {
  if (brand === 'function') return 'a function without source';
  if (brand === 'weak') return `a ${classNameOf(object, isProxy)}`;
  return `a ${brand}`;
}

class OpenWalk implements NameWalk {
  slot = '';
  readonly nodes: string[] = [];
  readonly queue: Reached[] = [];
  characters = 0;
  objects = 0;
  readonly #members: Member[] = [];
  readonly #earlier: (NameWalk | undefined)[] = [];

  readonly #options: WriteOptions;

  constructor(options: WriteOptions) {
    this.#options = options;
  }

  get name(): object {
    return this.#options.name;
  }

  meet(other: NameWalk): boolean {
    return this.#options.meet(other);
  }

  reach(reached: Reached): void {
    const { maxObjects } = this.#options;
    if (++this.objects > maxObjects)
      throw new NotKept(`it holds more than ${maxObjects.toLocaleString('en')} objects`, true);
    this.#members.push(reached.member);
    this.#earlier.push(reached.member.walk);
    reached.member.walk = this;
    this.queue.push(reached);
  }

  /** While a node is written, its parts are counted; afterwards, the node's whole text. */
  add(write: () => string): void {
    const before = this.characters;
    const text = write();
    this.nodes.push(text);
    this.characters = before;
    this.spend(text.length);
  }

  /** @throws NotKept if the text exceeds its room */
  spend(characters: number): void {
    this.characters += characters;
    this.check(0);
  }

  check(characters: number): void {
    const { room } = this.#options;
    if (this.characters + characters > room) throw new NotKept(`it is larger than ${size(room)}`, true);
  }

  keep(): void {
    this.nodes.length = 0;
    this.#members.length = 0;
    this.#earlier.length = 0;
  }

  undo(): void {
    for (const [index, member] of this.#members.entries()) member.walk = this.#earlier[index];
  }
}

const size = (characters: number): string =>
  characters >= 1024 * 1024
    ? `${Math.round(characters / (1024 * 1024))} MB`
    : `${Math.max(1, Math.round(characters / 1024))} KB`;
