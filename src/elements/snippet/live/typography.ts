/** How the site sets its code, as declarations for what takes its place. */
export function typographyOf(element: HTMLElement | undefined): string {
  if (element === undefined) return '';
  const { fontFamily, fontSize, lineHeight } = getComputedStyle(element);
  const { backgroundColor, padding } = getComputedStyle(element.closest('pre') ?? element);
  const line = Number.parseFloat(lineHeight) || Number.parseFloat(fontSize) * 1.5;
  return `--_mono: ${fontFamily}; --_code-size: ${fontSize}; --_line: ${line}px; --_code-background: ${backgroundColor}; --_code-padding: ${padding}`;
}
