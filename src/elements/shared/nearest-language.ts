/** The `lang` that holds at an element, also from outside the shadow roots it stands in. Empty where none is set. */
export function nearestLanguage(element: Element): string {
  for (let at: Element | undefined = element; at !== undefined;) {
    const language = at.closest('[lang]')?.getAttribute('lang');
    if (language != null) return language;
    const root = at.getRootNode();
    at = 'host' in root && root.host instanceof Element ? root.host : undefined;
  }
  return '';
}
