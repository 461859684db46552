/** Matches text of Latin letters only, in one line. */
const latin = /^[ -\u02ff]*$/;
/** Matches long runs of combining characters. No script needs them, and engines take quadratic time to shape them. */
const marks = /([\p{M}\p{Emoji_Modifier}\u200c\u200d]{8})[\p{M}\p{Emoji_Modifier}\u200c\u200d]+/gu;
/** Latin, Greek, Cyrillic, Chinese, Japanese, Korean. Other scripts need shaping. */
const letters = /[\0-\u052f\u1e00-\u1fff\u2e80-\ua4cf\uac00-\ud7ff\uff00-\uffef]/u;
const mark = /\p{M}/u;
/** Characters that change the direction of others. */
const direction = /\p{Bidi_C}/u;
const symbols = /[\u2000-\u2bff]|\ufe0f|[\u{1f000}-\u{1faff}]/u;

/** Budget of a row. */
export const rowRoom = 100_000;
/** Cost of a text of its own, which takes elements. */
const perText = 50;
/** Cost of a character, in proportion to its layout time. */
const perLetter = 1;
/** Cost of a symbol or emoji, of a tab and of the end of a line. */
const perSymbol = 10;
/** Cost of a character of another script. */
const perShaped = 20;
/** Cost of a character that combines with the one before it. */
const perMark = 60;
/** Cost of a change of script or direction: the engine lays out each run separately, possibly with another font. */
const perChange = 250;

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

  /** Whether nothing is left: what a list still has is better counted than shown. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Returns the text, cut to the remaining budget. */
  take(text: string): string {
    if (text === '') return '';
    if (this.isSpent) return '…';
    this.#left -= perText;
    let end = text.length;
    let shown = text;
    if (!latin.test(text)) {
      shown = text.replace(marks, '$1');
      end = this.#spend(shown);
    } else {
      end = Math.min(end, Math.max(0, this.#left));
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
      end += character.length;
      const point = character.codePointAt(0)!;
      const cost = costOf(character, point);
      this.#left -= cost;
      // Digits, spaces, punctuation, symbols and marks belong to the script around them.
      if (point < 0x41 || (cost !== perLetter && cost !== perShaped)) continue;
      const writing =
        point < 0x300 ? 0 : point > 0x2000 && letters.test(character) ? 1 : point >> 8 === 6 ? 12 : point >> 7;
      if (writing !== last) this.#left -= perChange;
      last = writing;
    }
    return end;
  }
}

function costOf(character: string, point: number): number {
  if (point < 0x300) return point === 9 || point === 10 ? perSymbol : perLetter;
  if (direction.test(character)) return perChange;
  if (symbols.test(character)) return perSymbol;
  if (mark.test(character)) return perMark;
  return letters.test(character) ? perLetter : perShaped;
}
