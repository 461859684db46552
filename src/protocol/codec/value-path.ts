import { NotSendableError } from './codec-errors.js';
import { type Brand, brandOf, classNameOf, type IsProxy } from '../intrinsics/brand.js';

type Step = string | number;

/** Of a path; a longer one loses its middle. */
const maxPathCharacters = 200;

/** The path from a value to where its encoder is, to name a part that can't be sent. */
export class ValuePath {
  /** Where objects were first met. */
  readonly #known = new Map<object, readonly [owner: object | undefined, step: Step]>();
  #owner: object | undefined;
  #step: Step = '';

  /** The members of an object come next. */
  enter(owner: object): void {
    this.#owner = owner;
  }

  at(step: Step): void {
    this.#step = step;
  }

  /** The object at hand will be entered later. */
  keep(source: object): void {
    this.#known.set(source, [this.#owner, this.#step]);
  }

  /** @throws NotSendableError with the path to here */
  refuse(what: string, advice?: string): never {
    let path = '';
    let step = this.#step;
    let owner = this.#owner;
    while (owner !== undefined) {
      path = stepText(step) + path;
      [owner, step] = this.#known.get(owner) ?? [undefined, ''];
    }
    path = path.replace(/^\./, '');
    if (path.length > maxPathCharacters) path = `${path.slice(0, 50)} … ${path.slice(-50)}`;
    throw new NotSendableError(path, what, advice);
  }
}

function stepText(step: Step): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

/**
 * Whether an object is of the platform's making, such as a stream or a worker: its fields are not what it is. Classes of
 * the platform say their name by `Symbol.toStringTag`.
 */
export function isOfPlatform(source: object, isProxy: IsProxy): boolean {
  for (
    let owner = Object.getPrototypeOf(source) as object | null;
    owner !== null;
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    if (isProxy(owner)) return true;
    if (typeof Object.getOwnPropertyDescriptor(owner, Symbol.toStringTag)?.value === 'string') return true;
  }
  return false;
}

/** Brands whose objects are more than their fields. */
const objects = new Set<Brand>(['instance', 'weak', 'generator', 'boxed']);

export function whatCannotBeSent(value: unknown, isProxy: IsProxy): string {
  if (typeof value === 'symbol' || typeof value === 'function') return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return 'a value of this size';
  const brand = brandOf(value, isProxy);
  if (brand === 'proxy') return 'a proxy';
  if (brand === 'promise') return 'a promise that was not awaited';
  return objects.has(brand) ? `an object of class ${classNameOf(value, isProxy) || 'Object'}` : 'a value of this size';
}
