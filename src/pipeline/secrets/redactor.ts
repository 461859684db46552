import { formsOf, shortestPart } from './secret-forms.js';

/** What stands in the place of a secret. */
const placeholder = (name: string): string => `[secret ${name}]`;

/** In a text that is read again: the form as well. */
const markOf = (name: string, form: number): string => `[secret ${name} ${form}]`;

interface Form {
  readonly text: string;
  readonly name: string;
  readonly index: number;
}

/** Replaces secrets in texts, in all forms that `formsOf` knows. */
export class Redactor {
  readonly #forms = new Map<string, Form>();
  readonly #exact = new Map<string, string>();
  /** Longest first: a secret may contain another one. */
  #ordered: readonly Form[] = [];

  add(secrets: ReadonlyMap<string, string>): void {
    for (const [name, value] of secrets) {
      if (value === '' || this.#exact.has(value)) continue;
      this.#exact.set(value, name);
      if (value.length < shortestPart) continue;
      for (const [index, text] of formsOf(value).entries()) {
        if (text !== '' && !this.#forms.has(text)) this.#forms.set(text, { text, name, index });
      }
    }
    this.#ordered = [...this.#forms.values()].sort((a, b) => b.text.length - a.text.length);
  }

  text(text: string): string {
    const exact = this.#exact.get(text);
    if (exact !== undefined) return placeholder(exact);
    return this.#replaced(text, ({ name }) => placeholder(name)).text;
  }

  /** A serialised text without secrets, and the names of those that `revealed` puts back. */
  hidden(text: string): { readonly text: string; readonly secrets: readonly string[] } {
    let result = this.#replaced(text, ({ name, index }) => markOf(name, index));
    for (const [value, name] of this.#exact) {
      const quoted = JSON.stringify(value);
      if (value.length >= shortestPart || !result.text.includes(quoted)) continue;
      result = {
        text: result.text.replaceAll(quoted, JSON.stringify(markOf(name, 0))),
        secrets: [...result.secrets, name],
      };
    }
    return result;
  }

  /** A copy of plain data in which all texts, also names of properties, are redacted. */
  data<T>(value: T): T {
    return this.#exact.size === 0 ? value : (this.#copy(value) as T);
  }

  /** The error as it is when it holds no secret, else a copy of its kind without them. */
  error(error: unknown): unknown {
    return this.#exact.size === 0 ? error : this.#error(error, 0);
  }

  #replaced(
    text: string,
    mark: (form: Form) => string,
  ): { readonly text: string; readonly secrets: readonly string[] } {
    const secrets = new Set<string>();
    let replaced = text;
    for (const form of this.#ordered) {
      if (!replaced.includes(form.text)) continue;
      replaced = replaced.replaceAll(form.text, mark(form));
      secrets.add(form.name);
    }
    return { text: replaced, secrets: [...secrets] };
  }

  #copy(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((each) => this.#copy(each));
    if (typeof value !== 'object' || value === null) return value;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.text(key), this.#copy(each)]));
  }

  #error(error: unknown, depth: number): unknown {
    if (!(error instanceof Error) || depth > 8) return this.#copy(error);
    const descriptors = Object.getOwnPropertyDescriptors(error) as Record<string, PropertyDescriptor>;
    let changed = false;
    const replace = (key: string, value: unknown, redacted: unknown): void => {
      const isSame = value instanceof Error ? redacted === value : JSON.stringify(redacted) === JSON.stringify(value);
      if (isSame) return;
      descriptors[key] = { value: redacted, writable: true, enumerable: false, configurable: true };
      changed = true;
    };
    for (const key of Object.keys(descriptors)) {
      const value = (error as unknown as Record<string, unknown>)[key];
      const redacted = Array.isArray(value)
        ? value.map((each) => this.#error(each, depth + 1))
        : this.#error(value, depth + 1);
      replace(key, value, redacted);
    }
    // Engines have the stack as a property or as an accessor.
    if (typeof error.stack === 'string') replace('stack', error.stack, this.text(error.stack));
    if (!changed) return error;
    const copy = new Error('');
    Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
    return Object.defineProperties(copy, descriptors);
  }
}

/** Puts secrets back into a text that `hidden` made. */
export function revealed(text: string, secrets: ReadonlyMap<string, string>): string {
  let whole = text;
  for (const [name, value] of secrets) {
    if (value.length < shortestPart) {
      whole = whole.replaceAll(JSON.stringify(markOf(name, 0)), () => JSON.stringify(value));
      continue;
    }
    for (const [index, form] of formsOf(value).entries()) whole = whole.replaceAll(markOf(name, index), () => form);
  }
  return whole;
}
