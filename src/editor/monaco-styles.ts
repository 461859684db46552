import codiconUrl from '../../node_modules/monaco-editor/esm/vs/base/browser/ui/codicons/codicon/codicon.ttf?url';

/** Monaco's style sheets as text. Its modules add them to the document, where they do not reach a shadow root. */
const sheets = import.meta.glob<string>(
  [
    '../../node_modules/monaco-editor/esm/vs/**/*.css',
    '!**/codicon/codicon.css',
    '!**/{diffEditor,multiDiffEditor,diffEditorBreadcrumbs,colorPicker,inlineCompletions,stickyScroll,gotoSymbol,dropdown,breadcrumbs}/**',
  ],
  { query: '?inline', import: 'default', eager: true },
);

/** Replaces `codicon.css`, whose `@font-face` has no effect in a shadow root. */
const iconRule = `.codicon[class*='codicon-'] {
  font: normal normal normal 16px/1 codicon; display: inline-block; text-decoration: none; text-rendering: auto;
  text-align: center; text-transform: none; user-select: none; -webkit-font-smoothing: antialiased;
}`;

/** Monaco draws its squiggles as `data:` images, which `default-src 'self'` forbids; these are gradients. */
const squiggles = (['error', 'warning', 'info', 'hint'] as const)
  .map((severity) => {
    const color = `var(--vscode-editor${severity[0]!.toUpperCase()}${severity.slice(1)}-foreground, currentColor)`;
    const stroke = (angle: number): string =>
      `linear-gradient(${angle}deg, transparent 40%, ${color} 40% 60%, transparent 60%)`;
    return `.monaco-editor .squiggly-${severity} {
      background: ${stroke(45)} 0 100% / 6px 3px repeat-x, ${stroke(135)} 3px 100% / 6px 3px repeat-x !important;
    }`;
  })
  .join('\n');

/** Styles that Monaco's sheets rely on but do not contain. */
const shape = `:host {
  --vscode-cornerRadius-small: 4px; --vscode-cornerRadius-medium: 6px; --vscode-cornerRadius-large: 8px;
  --vscode-cornerRadius-xLarge: 12px; --vscode-cornerRadius-circle: 50%;
  --vscode-shadow-lg: 0 4px 16px var(--vscode-widget-shadow);
}
/* Monaco measures the details of the first suggestion before it gives them this width, and cuts their last lines off. */
.monaco-editor .suggest-details { width: 330px; }`;

let sheet: CSSStyleSheet | undefined;

/** Adds Monaco's style sheets to a shadow root. */
export function adoptMonacoStyles(root: ShadowRoot): void {
  sheet ??= new CSSStyleSheet();
  if (sheet.cssRules.length === 0) sheet.replaceSync([...Object.values(sheets), iconRule, shape, squiggles].join('\n'));
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

let iconFont: Promise<void> | undefined;

/**
 * Adds Monaco's icon font to the document, because a shadow root cannot hold fonts. It loads as bytes, so that `font-src 'self'`
 * allows it even if a build has inlined it. Without it the editor works, with blank icons.
 */
export function loadIconFont(): void {
  iconFont ??= iconFontBytes()
    .then((bytes) => new FontFace('codicon', bytes).load())
    .then((font) => void document.fonts.add(font))
    .catch((error: unknown) => {
      iconFont = undefined;
      console.warn('The icons of the editor could not be loaded:', error);
    });
}

async function iconFontBytes(): Promise<ArrayBuffer> {
  const inlined = /^data:[^,]*;base64,(.*)$/.exec(codiconUrl)?.[1];
  if (inlined !== undefined) return Uint8Array.from(atob(inlined), (character) => character.charCodeAt(0)).buffer;
  const response = await fetch(new URL(codiconUrl, document.baseURI));
  if (!response.ok) throw new Error(`${codiconUrl} answered ${response.status}`);
  return await response.arrayBuffer();
}
