import { hues } from '../span-contexts.js';

/** Colours of one context. */
interface HueColours {
  /** Surface of what an execution does. */
  readonly soft: string;
  /** Surface of tool calls, and edges. */
  readonly strong: string;
  readonly onStrong: string;
}

/** Colours and type of the canvases, as the page has them now. */
export interface Theme {
  readonly background: string;
  readonly surface: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly error: string;
  readonly font: string;
  /** By hue. */
  readonly contexts: readonly HueColours[];
  /** Of executions without a context. */
  readonly plain: HueColours;
  /** The reader has chosen the colours: contexts differ by pattern and letter. */
  readonly isForced: boolean;
}

/** Names of the colours that swatches have, in the order of the swatches. */
const names = ['background', 'surface', 'border', 'text', 'muted', 'accent', 'error'] as const;
const properties = ['background', 'surface', 'grid', 'text', 'muted', 'accent', 'error'];

/** Custom properties of the swatches: a canvas takes no `light-dark()`, so elements resolve it. */
export const swatchProperties: readonly string[] = [
  ...properties.map((name) => `--_${name}`),
  ...['soft', 'strong', 'on-strong'].map((kind) => `--_plain-${kind}`),
  ...Array.from({ length: hues }, (_, hue) => [`--_hue-${hue}-soft`, `--_hue-${hue}-strong`]).flat(),
];

/** Reads the colours of elements that have one of `swatchProperties` as their `color` each. */
export function readTheme(swatches: ArrayLike<Element>, font: string): Theme {
  const colours = Array.from(swatches, (swatch) => getComputedStyle(swatch).color);
  const [soft = '', strong = '', onStrong = '', ...rest] = colours.slice(names.length);
  const named = Object.fromEntries(names.map((name, index) => [name, colours[index] ?? ''])) as Record<
    (typeof names)[number],
    string
  >;
  return {
    ...named,
    font,
    plain: { soft, strong, onStrong },
    contexts: Array.from({ length: hues }, (_, hue) => ({
      soft: rest[2 * hue] ?? '',
      strong: rest[2 * hue + 1] ?? '',
      onStrong,
    })),
    isForced: matchMedia('(forced-colors: active)').matches,
  };
}
