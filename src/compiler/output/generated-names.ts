import type { Token } from '../parse/syntax.js';

/** Makes names that no identifier of the source can be: all start with a prefix that none of them starts with. */
export class GeneratedNames {
  readonly prefix: string;

  constructor(tokens: readonly Token[]) {
    let serial = 0;
    let prefix = '$c';
    const isTaken = (token: Token): boolean => typeof token.value === 'string' && token.value.startsWith(prefix);
    while (tokens.some(isTaken)) prefix = `$c${++serial}`;
    this.prefix = prefix;
  }

  of(suffix: string): string {
    return `${this.prefix}_${suffix}`;
  }
}
