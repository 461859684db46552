import { iconOutlines, type IconName } from '../../shared/icon-outlines.js';
import type { SnippetStrings } from '../../shared/snippet-strings.js';

/** Actions of the toolbar. */
export type ShellAction = 'run' | 'edit' | 'copy' | 'open';

export interface ShellTools {
  readonly canEdit: boolean;
  readonly canOpen: boolean;
}

/** Returns the shortcut's label, with the Command key on a Mac. */
export function runShortcut(): string {
  return /Mac|iP(?:hone|ad)/.test(navigator.platform) ? '⌘ Enter' : 'Ctrl+Enter';
}

/**
 * The toolbar of a snippet before its first use. Needs no template engine, as a page may have hundreds of snippets and readers use only a
 * few. Looks the same as the full toolbar that replaces it.
 */
export function shellToolbar(strings: SnippetStrings, { canEdit, canOpen }: ShellTools): Element[] {
  const run = button('run', 'button run', 'run', strings.run);
  run.title = strings.runTitle(runShortcut());
  const state = document.createElement('span');
  state.className = 'state';
  state.part.add('state');
  const edit = button('edit', 'button tool', 'edit', strings.edit);
  edit.title = strings.editTitle;
  const tools: Element[] = [run, state];
  if (canEdit) tools.push(edit);
  tools.push(button('copy', 'button tool', 'copy', strings.copy));
  if (canOpen) tools.push(openLink(strings.open));
  return tools;
}

function button(action: ShellAction, className: string, name: IconName, label: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.className = className;
  element.part.add(action);
  element.dataset['action'] = action;
  element.title = label;
  element.setAttribute('aria-label', label);
  const text = document.createElement('span');
  text.textContent = label;
  element.append(icon(name, name === 'run'), text);
  return element;
}

function openLink(label: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'button tool square';
  link.part.add('open');
  link.dataset['action'] = 'open';
  link.href = '#';
  link.target = '_blank';
  link.rel = 'noopener';
  link.title = label;
  link.setAttribute('aria-label', label);
  link.append(icon('open', false));
  return link;
}

function icon(name: IconName, solid: boolean): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', solid ? 'icon solid' : 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', iconOutlines[name]);
  svg.append(path);
  return svg;
}
