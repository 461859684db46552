import type { Token } from '../parse/syntax.js';

/** Makes names that no identifier of the source can be: all start with a prefix that none of them starts with. */
export class GeneratedNames {
  readonly prefix: string;

  /** @param source where it has neither the prefix nor an escape, no token is read @default unknown */
  constructor(tokens: readonly Token[], source = '\\') {
    let serial = 0;
    let prefix = '$c';
    this.prefix = prefix;
    if (!source.includes(prefix) && !source.includes('\\')) return;
    const isTaken = (token: Token): boolean => typeof token.value === 'string' && token.value.startsWith(prefix);
    while (tokens.some(isTaken)) prefix = `$c${++serial}`;
    this.prefix = prefix;
  }

  of(suffix: string): string {
    return `${this.prefix}_${suffix}`;
  }
}
