const allowedProperties = new Set([
  'color',
  'background',
  'background-color',
  'font-weight',
  'font-style',
  'text-decoration',
  'border-radius',
]);

/** A padding of less than 100 pixels: more would hide other rows. */
const smallPadding = /^(?:(?:0|\d\d?px|\d(?:\.\d+)?r?em) ?){1,4}$/;

/** CSS functions for colours, lengths and gradients; none of them loads a resource. */
const allowedFunctions =
  /^(?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color(?:-mix)?|light-dark|calc|min|max|clamp|(?:repeating-)?(?:linear|radial|conic)-gradient)$/;

/**
 * Reduces the style of a `%c` segment to declarations that can neither load resources nor cover the page.
 * Refuses values with a quote, an escape or a comment, so that the browser cannot parse them differently.
 *
 * @param style untrusted CSS declarations
 * @returns safe declarations for `element.style`; `''` if none remain
 */
export function sanitizeStyle(style: string): string {
  return style
    .split(';')
    .map((declaration) => {
      const colon = declaration.indexOf(':');
      return [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()] as const;
    })
    .filter(([property, value]) =>
      property === 'padding' ? smallPadding.test(value) : allowedProperties.has(property) && isHarmless(value),
    )
    .map(([property, value]) => `${property}: ${value}`)
    .join('; ');
}

function isHarmless(value: string): boolean {
  if (!/^[\w\s#%.,()+*/-]+$/.test(value) || value.includes('/*')) return false;
  return [...value.matchAll(/(?<![\w-])([\w-]*)\(/g)].every(
    ([, name = '']) => name === '' || allowedFunctions.test(name.toLowerCase()),
  );
}
