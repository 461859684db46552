import { apply } from '../../context/pristine-built-ins.js';

/** The kinds of decorated class elements, as in the proposal "Decorators" (https://github.com/tc39/proposal-decorators). */
export type DecoratedKind = 'method' | 'getter' | 'setter' | 'field' | 'accessor';

type Decorator = (value: unknown, context: object) => unknown;
type Initializer = (this: unknown, value: unknown) => unknown;
type Constructor = (new (...parameters: never) => object) & { [key: PropertyKey]: unknown };

/** Tells for an object whether it has a private name, and reads and writes it; only code of the class itself can. */
type PrivateAccess = readonly [
  has: (object: object) => boolean,
  get: (object: object) => unknown,
  set: (object: object, value: unknown) => void,
];

interface Element {
  readonly kind: DecoratedKind;
  readonly isStatic: boolean;
  readonly isPrivate: boolean;
  readonly decorators: readonly Decorator[];
  name: PropertyKey;
  readonly initializers: Initializer[];
  readonly extraInitializers: Initializer[];
}

/** Key of a method that stands where decorators stood, so that they are evaluated in their place; it is deleted. */
const carrier = Symbol('decorators');

/** Runs the synchronous work of a decoration, and the code of the reader within it. */
export interface DecorationBracket {
  enter<T>(work: () => T): T;
  runOutside<T>(readerCode: () => T): T;
}

const noBracket: DecorationBracket = { enter: (work) => work(), runOutside: (readerCode) => readerCode() };

/** Calls by compiled code around one evaluation of one decorated class: in this order, except `target`. */
export class ClassDecoration {
  /** The class, or its replacement by a decorator. */
  target: unknown;
  readonly #elements: Element[] = [];
  #className: string | undefined;
  #classDecorators: readonly Decorator[] = [];
  readonly #classInitializers: Initializer[] = [];
  #metadata: object | null = null;
  readonly #bracket: DecorationBracket;

  constructor(bracket = noBracket) {
    this.#bracket = bracket;
  }

  onClass(name: string | undefined, ...decorators: readonly Decorator[]): void {
    this.#className = name;
    this.#classDecorators = decorators;
  }

  /** Registers the decorators of one element; elements count from 0. @param name '' where `key` tells it, with `#` if private */
  element(kind: DecoratedKind, isStatic: boolean, name: string, ...decorators: readonly Decorator[]): symbol {
    this.#bracket.enter(() => {
      const isPrivate = name.startsWith('#');
      this.#elements.push({ kind, isStatic, isPrivate, decorators, name, initializers: [], extraInitializers: [] });
    });
    return carrier;
  }

  /** A computed key of the element registered last, which is no private one. */
  key(value: unknown): PropertyKey {
    const key = typeof value === 'symbol' ? value : `${value as string}`;
    this.#bracket.enter(() => Object.assign(this.#elements.at(-1)!, { name: key, isPrivate: false }));
    return key;
  }

  /** Calls all decorators, and returns the class or its replacement. Runs before static fields. */
  apply(constructor: Constructor, privateAccess: Readonly<Record<number, PrivateAccess>> = {}): unknown {
    return this.#bracket.enter(() => this.#apply(constructor, privateAccess));
  }

  #apply(constructor: Constructor, privateAccess: Readonly<Record<number, PrivateAccess>>): unknown {
    delete constructor[carrier];
    this.target = constructor;
    const metadataKey = metadataSymbol();
    const parent = Object.getPrototypeOf(constructor) as Constructor | null;
    const inherited = this.#bracket.runOutside(() => parent?.[metadataKey] ?? null);
    this.#metadata = Object.create(inherited as object | null) as object;
    for (const isField of [false, true]) {
      for (const isStatic of [true, false]) {
        for (const [index, element] of this.#elements.entries()) {
          if ((element.kind === 'field') === isField && element.isStatic === isStatic)
            this.#decorate(constructor, element, privateAccess[index]);
        }
      }
    }
    // Before decorators of the class, which may seal it.
    this.#tellMetadata(constructor, metadataKey);
    for (const decorator of this.#classDecorators.toReversed()) {
      const context = { kind: 'class', name: this.#className, metadata: this.#metadata };
      this.target = this.#call(decorator, this.target, context, this.#classInitializers) ?? this.target;
    }
    if (this.target !== constructor) this.#tellMetadata(this.target as object, metadataKey);
    this.#runMethodInitializers(this.target, true);
    return this.target;
  }

  /** Goes before the fields of an instance. */
  start(instance: unknown): void {
    this.#runMethodInitializers(instance, false);
  }

  /** The first value of a field. */
  init(index: number, receiver: unknown, value?: unknown): unknown {
    const { initializers } = this.#elements[index]!;
    if (initializers.length === 0) return value;
    return this.#bracket.enter(() =>
      initializers.reduce(
        (previous, initializer) => this.#bracket.runOutside(() => apply(initializer, receiver, [previous]) as unknown),
        value,
      ),
    );
  }

  /** Goes after a field. */
  after(index: number, receiver: unknown): void {
    this.#run(this.#elements[index]!.extraInitializers, receiver);
  }

  /** Goes after static fields. */
  finish(): void {
    this.#run(this.#classInitializers, this.target);
  }

  #tellMetadata(target: object, key: symbol): void {
    Reflect.defineProperty(target, key, { value: this.#metadata, writable: true, configurable: true });
  }

  #runMethodInitializers(receiver: unknown, isStatic: boolean): void {
    this.#bracket.enter(() => {
      for (const element of this.#elements) {
        if (element.isStatic === isStatic && !isFieldLike(element.kind)) this.#run(element.extraInitializers, receiver);
      }
    });
  }

  #run(initializers: readonly Initializer[], receiver: unknown): void {
    if (initializers.length === 0) return;
    this.#bracket.enter(() => {
      for (const initializer of initializers)
        this.#bracket.runOutside(() => apply(initializer, receiver, [undefined]) as unknown);
    });
  }

  #decorate(constructor: Constructor, element: Element, privateAccess: PrivateAccess | undefined): void {
    const { kind, name, isStatic, isPrivate, decorators, initializers } = element;
    const home = isStatic ? constructor : (constructor.prototype as object);
    const descriptor = kind === 'field' ? undefined : Object.getOwnPropertyDescriptor(home, name)!;
    for (const decorator of decorators.toReversed()) {
      const access = accessOf(kind, privateAccess ?? publicAccess(name));
      const context = { kind, name, static: isStatic, private: isPrivate, access, metadata: this.#metadata };
      const current =
        kind === 'field'
          ? undefined
          : kind === 'accessor'
            ? { get: descriptor!.get, set: descriptor!.set }
            : descriptor![valueOf[kind]];
      const result = this.#call(decorator, current, context, element.extraInitializers);
      if (result === undefined) continue;
      if (kind === 'field') initializers.unshift(result as Initializer);
      else if (kind !== 'accessor') descriptor![valueOf[kind]] = result as never;
      else {
        const { get, set, init } = this.#bracket.runOutside(() => accessorsOf(result as Accessors));
        if (get !== undefined) descriptor!.get = get;
        if (set !== undefined) descriptor!.set = set;
        if (init !== undefined) initializers.unshift(init);
      }
    }
    if (descriptor !== undefined) Object.defineProperty(home, name, descriptor);
  }

  #call(
    decorator: Decorator,
    value: unknown,
    context: { readonly kind: string },
    initializers: Initializer[],
  ): unknown {
    if (typeof decorator !== 'function')
      throw new TypeError(`A decorator must be a function, not ${describe(decorator)}.`);
    let isOver = false;
    const addInitializer = (initializer: Initializer): void => {
      this.#bracket.enter(() => {
        if (isOver) throw new TypeError('A decorator can add initializers only while it runs.');
        if (typeof initializer !== 'function')
          throw new TypeError(`An initializer must be a function, not ${describe(initializer)}.`);
        initializers.push(initializer);
      });
    };
    const result = this.#bracket.runOutside(() => decorator(value, { ...context, addInitializer }));
    isOver = true;
    const expected = context.kind === 'accessor' ? 'object' : 'function';
    if (result !== undefined && (typeof result !== expected || result === null)) {
      const wanted = `${expected === 'object' ? 'an object with get, set or init' : 'a function'} or nothing`;
      throw new TypeError(
        `A decorator of ${withArticle(context.kind)} must return ${wanted}, not ${describe(result)}.`,
      );
    }
    return result;
  }
}

type Accessors = Pick<PropertyDescriptor, 'get' | 'set'> & { readonly init?: Initializer };

/** The members may be getters. */
const accessorsOf = ({ get, set, init }: Accessors) => ({ get, set, init });

/** As in objects that describe a property. */
const valueOf = { method: 'value', getter: 'get', setter: 'set' } as const;

function isFieldLike(kind: DecoratedKind): boolean {
  return kind === 'field' || kind === 'accessor';
}

function accessOf(kind: DecoratedKind, [has, get, set]: PrivateAccess): object {
  return { has, ...(kind === 'setter' ? {} : { get }), ...(kind === 'method' || kind === 'getter' ? {} : { set }) };
}

function publicAccess(name: PropertyKey): PrivateAccess {
  return [
    (object) => name in object,
    (object) => (object as Record<PropertyKey, unknown>)[name],
    (object, value) => {
      (object as Record<PropertyKey, unknown>)[name] = value;
    },
  ];
}

/** No engine has it yet; polyfills set it. */
function metadataSymbol(): symbol {
  return (Symbol as { readonly metadata?: symbol }).metadata ?? Symbol.for('Symbol.metadata');
}

function describe(value: unknown): string {
  return value === null ? 'null' : withArticle(typeof value);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
