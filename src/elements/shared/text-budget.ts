/** Matches text of Latin letters only. */
const latin = /^[\0-\u02ff]*$/;
/** Matches long runs of combining characters. No script needs them, and engines take quadratic time to shape them. */
const marks = /([\p{M}\p{Emoji_Modifier}\u200c\u200d]{8})[\p{M}\p{Emoji_Modifier}\u200c\u200d]+/gu;
/** Latin, Greek, Cyrillic, Chinese, Japanese, Korean. Other scripts need shaping. */
const letters = /[\0-\u052f\u1e00-\u1fff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uffef]/u;
const symbols = /[\u2000-\u2bff]|\ufe0f|[\u{1f000}-\u{1faff}]/u;

/** Budget of a row. */
export const rowRoom = 100_000;
/** Cost of a character, in proportion to its layout time. */
const perLetter = 1;
const perSymbol = 10;
/** Cost of a character of another script, and of an emoji. */
const perShaped = 20;
/** Cost of a change of script: the engine lays out each run separately, possibly with another font. */
const perChange = 100;

/**
 * Limits the text of one row. Estimates layout time by the characters of the text. Cuts a text that exceeds the budget and appends its
 * length.
 *
 * @example
 * new TextBudget().take('e' + '\u0301'.repeat(10_000)); // e with eight accents, “… (10,001 characters)”
 */
export class TextBudget {
  #left: number;

  constructor(room = rowRoom) {
    this.#left = room;
  }

  /** Returns the text, cut to the remaining budget. */
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

  /** Returns the index of the first character beyond the budget. */
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
      // Digits, spaces, punctuation and symbols belong to the script around them.
      if (isSymbol || point < 0x41) continue;
      const writing = point < 0x300 ? 0 : isLetter && point > 0x2000 ? 1 : point >> 7;
      if (writing !== last) this.#left -= perChange;
      last = writing;
    }
    return end;
  }
}
