import type { Monaco } from './monaco-api.js';

const name = 'codemode';

/** Monaco's colours by the custom properties of the elements. */
const colors = {
  'editor.background': '--_background',
  'editor.foreground': '--_text',
  'editorLineNumber.foreground': '--_muted',
  'editorLineNumber.activeForeground': '--_text',
  'editorCursor.foreground': '--_accent',
  'editorWidget.background': '--_raised',
  'editorWidget.foreground': '--_text',
  'editorWidget.border': '--_border',
  'editorHoverWidget.background': '--_raised',
  'editorHoverWidget.border': '--_border',
  'editorSuggestWidget.background': '--_raised',
  'editorSuggestWidget.foreground': '--_text',
  'editorSuggestWidget.border': '--_border',
  'editorSuggestWidget.highlightForeground': '--_accent',
  'editorSuggestWidget.focusHighlightForeground': '--_accent',
  'editorSuggestWidget.selectedForeground': '--_text',
  'editorError.foreground': '--_error',
  'editorWarning.foreground': '--_warning',
  'input.background': '--_background',
  'input.foreground': '--_text',
  'input.border': '--_border-strong',
  'menu.background': '--_raised',
  'menu.foreground': '--_text',
  'menu.border': '--_border',
  focusBorder: '--_accent',
} as const;

/** Translucent colours of Monaco, with their alpha channel. */
const shades = {
  'editor.lineHighlightBackground': ['--_text', '0a'],
  'editor.lineHighlightBorder': ['--_text', '00'],
  'editor.selectionBackground': ['--_accent', '38'],
  'editor.inactiveSelectionBackground': ['--_accent', '20'],
  'editor.wordHighlightBackground': ['--_accent', '1c'],
  'editor.wordHighlightStrongBackground': ['--_accent', '26'],
  'editorSuggestWidget.selectedBackground': ['--_accent', '2c'],
  'menu.selectionBackground': ['--_accent', '2c'],
  'editorIndentGuide.background1': ['--_text', '14'],
  'editorIndentGuide.activeBackground1': ['--_text', '30'],
  'editorBracketMatch.background': ['--_accent', '20'],
  'editorBracketMatch.border': ['--_accent', '60'],
  'scrollbarSlider.background': ['--_text', '1c'],
  'scrollbarSlider.hoverBackground': ['--_text', '30'],
  'scrollbarSlider.activeBackground': ['--_text', '40'],
  'scrollbar.shadow': ['--_text', '00'],
  'widget.shadow': ['--_text', '18'],
} as const;

const tokens = {
  '': '--_text',
  comment: '--_comment',
  string: '--_string',
  'string.escape': '--_keyword',
  regexp: '--_string',
  number: '--_number',
  keyword: '--_keyword',
  tag: '--_keyword',
  delimiter: '--_muted',
  'delimiter.bracket': '--_text',
  type: '--_property',
  'type.identifier': '--_property',
  identifier: '--_text',
} as const;

/**
 * Themes Monaco with the computed colours of `element`. Monaco has one theme for the whole page, so the last call applies to all
 * editors.
 */
export function applyTheme({ editor }: Monaco, element: HTMLElement): void {
  const color = colorReader(element);
  const isDark = luminance(color('--_background')) < 0.4;
  const isForced = matchMedia('(forced-colors: active)').matches;
  editor.defineTheme(name, {
    base: isForced ? (isDark ? 'hc-black' : 'hc-light') : isDark ? 'vs-dark' : 'vs',
    inherit: true,
    colors: {
      ...(isForced ? { contrastBorder: color('--_border'), contrastActiveBorder: color('--_accent') } : {}),
      ...Object.fromEntries(Object.entries(colors).map(([key, property]) => [key, color(property)])),
      ...Object.fromEntries(Object.entries(shades).map(([key, [property, alpha]]) => [key, color(property) + alpha])),
    },
    rules: Object.entries(tokens).map(([token, property]) => ({ token, foreground: color(property).slice(1) })),
  });
  editor.setTheme(name);
}

/** Reads custom properties as `#rrggbb`. They may use any CSS colour syntax, so the browser resolves them on a probe element. */
function colorReader(element: HTMLElement): (property: string) => string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const probe = document.createElement('span');
  // Forced colours would make text and background equal.
  probe.style.setProperty('forced-color-adjust', 'none');
  return (property) => {
    probe.style.color = `var(${property})`;
    element.append(probe);
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    if (context === null) return '#808080';
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = resolved;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  };
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
