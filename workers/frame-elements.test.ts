import { describe, expect, it } from 'vitest';
import { allowsAttribute, elementName } from './frame-elements.js';

describe('what a component may have on its page', () => {
  it('G1: makes only elements that run nothing and load nothing', () => {
    for (const name of ['script', 'iframe', 'object', 'embed', 'link', 'meta', 'base', 'SCRIPT', 'frame', 'template'])
      expect(elementName(name, 0)).toBe('span');
    for (const name of ['script', 'SCRIPT', 'handler']) expect(elementName(name, 1)).toBe('g');
    expect(['table', 'my-element', 'button'].map((name) => elementName(name, 0))).toEqual([
      'table',
      'my-element',
      'button',
    ]);
    expect(elementName('linearGradient', 1)).toBe('linearGradient');
    expect(elementName({ toString: () => 'script' }, 2)).toBe('mrow');
  });

  it('G1: sets no attribute that is code, leads away or loads from elsewhere', () => {
    for (const [element, name, value] of [
      ['button', 'onclick', 'alert(1)'],
      ['button', 'OnClick', 'alert(1)'],
      ['form', 'action', '/x'],
      ['button', 'formaction', '/x'],
      ['a', 'href', 'javascript:alert(1)'],
      ['a', 'href', ' java\nscript:alert(1)'],
      ['a', 'ping', 'https://a.example'],
      ['img', 'src', 'https://a.example'],
      ['use', 'xlink:href', 'https://a.example#x'],
      ['image', 'href', 'data:text/html,x'],
      ['div', 'popovertarget', 'x'],
      ['input', 'autofocus', ''],
      ['div', 'x y', ''],
    ] as const)
      expect([name, value, allowsAttribute(element, name, value)]).toEqual([name, value, false]);
    for (const [element, name, value] of [
      ['a', 'href', 'https://a.example'],
      ['use', 'href', '#part'],
      ['img', 'src', 'data:image/png;base64,AA=='],
      ['svg', 'viewBox', '0 0 1 1'],
      ['div', 'data-x', 'on'],
      ['div', 'style', 'color: red'],
    ] as const)
      expect([name, value, allowsAttribute(element, name, value)]).toEqual([name, value, true]);
  });
});
