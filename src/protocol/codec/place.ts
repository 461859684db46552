import { NotSendableError } from './codec-errors.js';
import { brandOf, classNameOf, type IsProxy } from '../intrinsics/brand.js';

type Step = string | number;

/** The place in a value where its encoder is, for the path of a part that can't be sent. */
export class Place {
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
  refuse(what: string): never {
    let path = '';
    let step = this.#step;
    let owner = this.#owner;
    while (owner !== undefined) {
      path = stepText(step) + path;
      [owner, step] = this.#known.get(owner) ?? [undefined, ''];
    }
    throw new NotSendableError(path.replace(/^\./, ''), what);
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

export function whatCannotBeSent(value: unknown, isProxy: IsProxy): string {
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' ? 'a function' : 'a value of this size';
  }
  switch (brandOf(value, isProxy)) {
    case 'proxy':
      return 'a proxy';
    case 'function':
      return 'a function';
    case 'promise':
      return 'a promise that was not awaited';
    case 'instance':
    case 'weak':
    case 'generator':
    case 'boxed':
      return `an object of class ${classNameOf(value, isProxy) || 'Object'}`;
    default:
      return 'a value of this size';
  }
}
