import type { KeyText } from './format.js';

/** Printing a BigInt with more bits takes long. */
const maxBits = 1_000_000;

const wellKnown = new Map<symbol, string>(
  Object.getOwnPropertyNames(Symbol).flatMap((name) => {
    const value = (Symbol as unknown as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'symbol' ? [[value, name] as const] : [];
  }),
);

/** The slot of a primitive; `undefined` for a unique symbol and for a BigInt of more than a million bits. */
export function primitiveText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? String(value)
        : `["${Object.is(value, -0) ? '-0' : value}"]`;
    case 'bigint':
      return BigInt.asIntN(maxBits, value) === value
        ? `["bigint","${value < 0n ? '-' : ''}0x${(value < 0n ? -value : value).toString(16)}"]`
        : undefined;
    case 'symbol': {
      const key = symbolKey(value);
      return key === undefined ? undefined : JSON.stringify(key);
    }
    case 'undefined':
      return '["undefined"]';
    default:
      return String(value);
  }
}

/** `undefined` for a unique symbol. */
export function keyText(key: PropertyKey): string | undefined {
  if (typeof key !== 'symbol') return JSON.stringify(String(key));
  const text = symbolKey(key);
  return text === undefined ? undefined : JSON.stringify(text);
}

function symbolKey(symbol: symbol): KeyText | undefined {
  const registered = Symbol.keyFor(symbol);
  if (registered !== undefined) return ['symbol', registered];
  const name = wellKnown.get(symbol);
  return name === undefined ? undefined : ['wellknown', name];
}

/** @throws TypeError, SyntaxError for a slot that `primitiveText` does not write */
export function readPrimitive(slot: readonly unknown[]): unknown {
  const [type, text] = slot;
  switch (type) {
    case 'undefined':
      return undefined;
    case 'NaN':
    case 'Infinity':
    case '-Infinity':
    case '-0':
      return Number(type);
    case 'bigint': {
      const digits = stringOf(text);
      return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits);
    }
    case 'symbol':
    case 'wellknown':
      return readSymbol(slot);
    default:
      throw new TypeError(`expected a slot, received ${JSON.stringify(type)}`);
  }
}

export function readKey(key: unknown): string | symbol {
  return typeof key === 'string' ? key : readSymbol(key as readonly unknown[]);
}

function readSymbol([type, name]: readonly unknown[]): symbol {
  if (type === 'symbol') return Symbol.for(stringOf(name));
  for (const [symbol, known] of wellKnown) if (type === 'wellknown' && known === name) return symbol;
  throw new TypeError(`expected a symbol, received ${JSON.stringify(type)}`);
}

function stringOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected a string, received ${typeof value}`);
  return value;
}
