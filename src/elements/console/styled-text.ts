const allowedProperties = new Set([
  'color',
  'background',
  'background-color',
  'font-weight',
  'font-style',
  'text-decoration',
  'padding',
  'border-radius',
]);

/** Functions that make a colour, a length or a gradient and load nothing. */
const allowedFunctions =
  /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|calc|min|max|clamp|(?:repeating-)?(?:linear|radial|conic)-gradient)$/;

/**
 * The style of a `%c` segment, reduced to what can neither load anything nor cover anything.
 * Whatever holds a quote, an escape or a comment is refused, so that no parser can be led to read it otherwise than this one.
 *
 * @param style CSS declarations as the code gave them
 * @returns declarations to assign to `element.style`; `''` if nothing is left
 */
export function sanitizeStyle(style: string): string {
  return style
    .split(';')
    .map((declaration) => {
      const colon = declaration.indexOf(':');
      return [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()] as const;
    })
    .filter(([property, value]) => allowedProperties.has(property) && isHarmless(value))
    .map(([property, value]) => `${property}: ${value}`)
    .join('; ');
}

function isHarmless(value: string): boolean {
  if (!/^[\w\s#%.,()+*/-]+$/.test(value) || value.includes('/*')) return false;
  return [...value.matchAll(/(?<![\w-])([\w-]*)\(/g)].every(
    ([, name = '']) => name === '' || allowedFunctions.test(name.toLowerCase()),
  );
}
