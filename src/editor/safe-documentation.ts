/**
 * Takes the images out of everything that will be shown as Markdown, in place: an image in a JSDoc comment is loaded from the host page
 * as soon as somebody hovers, which tells its author so (research: hostile JSDoc).
 * A zero-width space after the `!` leaves a link, and code in a fence as it was.
 */
export function withoutImages<T>(documented: T): T {
  if (typeof documented !== 'object' || documented === null) return documented;
  for (const [key, value] of Object.entries(documented)) {
    const isMarkdown = key === 'value' || key === 'documentation';
    if (typeof value === 'string' && isMarkdown)
      Reflect.set(documented, key, value.replaceAll('![', '!\u200B[').replace(/<(?=img)/gi, '<\u200B'));
    else if (key !== 'uri') withoutImages(value);
  }
  return documented;
}
