/** An escape of a character that a prefix may have. */
const escaped = /\\u\{?0*(24|63|3\d)\}?/g;

/** Makes names that no identifier of the source can be: all start with a prefix that the source does not contain. */
export class GeneratedNames {
  readonly prefix: string;

  constructor(source: string) {
    const text = source.includes('\\u')
      ? source.replace(escaped, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : source;
    let serial = 0;
    let prefix = '$c';
    while (text.includes(prefix)) prefix = `$c${++serial}`;
    this.prefix = prefix;
  }

  of(suffix: string): string {
    return `${this.prefix}_${suffix}`;
  }
}
