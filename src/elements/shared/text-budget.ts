/** Of Latin letters alone. */
const latin = /^[\0-\u02ff]*$/;
/** What changes the character before it. No writing has many of them in a row, and engines take time by the square of their number. */
const marks = /([\p{M}\p{Emoji_Modifier}\u200c\u200d]{8})[\p{M}\p{Emoji_Modifier}\u200c\u200d]+/gu;
/** Latin, Greek, Cyrillic, Chinese, Japanese, Korean. Other writings have to be shaped. */
const letters = /[\0-\u052f\u1e00-\u1fff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uffef]/u;
const symbols = /[\u2000-\u2bff]|\ufe0f|[\u{1f000}-\u{1faff}]/u;

/** What a row has. */
export const rowRoom = 100_000;
/** What characters take of a budget, as they take of the page's time. */
const perLetter = 1;
const perSymbol = 10;
/** Of another writing, and of an emoji. */
const perShaped = 20;
/** Of another writing than the character before: each stretch is laid out for itself, and may need a font of its own. */
const perChange = 100;

/**
 * How much text one row of the page shows. Laying a text out takes time that depends on its characters: this counts what they take. A
 * text that is too much is cut, and tells its length at its end.
 *
 * @example
 * new TextBudget().take('e' + '\u0301'.repeat(10_000)); // e with eight accents, “… (10,001 characters)”
 */
export class TextBudget {
  #left: number;

  constructor(room = rowRoom) {
    this.#left = room;
  }

  /** The text, or what there is room for. */
  take(text: string): string {
    if (text === '') return '';
    if (this.#left <= 0) return '…';
    let end = text.length;
    let shown = text;
    if (!latin.test(text)) {
      shown = text.replace(marks, '$1');
      end = this.#spend(shown);
    } else {
      end = Math.min(end, this.#left);
      this.#left -= text.length;
    }
    if (shown === text && end === text.length) return text;
    return `${shown.slice(0, end)}… (${text.length.toLocaleString('en')} characters)`;
  }

  /** Index of the first character for which nothing is left. */
  #spend(text: string): number {
    let end = 0;
    let last = 0;
    for (const character of text) {
      if (this.#left <= 0) break;
      const point = character.codePointAt(0)!;
      const isSymbol = symbols.test(character);
      const isLetter = letters.test(character);
      this.#left -= isLetter ? perLetter : isSymbol && point < 0x1_0000 ? perSymbol : perShaped;
      end += character.length;
      // Digits, blanks, punctuation and symbols belong to the writing around them.
      if (isSymbol || point < 0x41) continue;
      const writing = point < 0x300 ? 0 : isLetter && point > 0x2000 ? 1 : point >> 7;
      if (writing !== last) this.#left -= perChange;
      last = writing;
    }
    return end;
  }
}
