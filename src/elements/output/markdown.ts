import { marked } from 'marked';

/**
 * Markdown, with the extensions of GitHub, as HTML. It is not sanitised: it stands in a frame whose policy runs no script of it and lets
 * nothing load.
 */
export function renderMarkdown(text: string): string {
  return marked.parse(text, { async: false, gfm: true });
}
