import { describe, expect, it } from 'vitest';
import { isAddition, isCalloutText, isRemoved } from './addition.js';
import type { TextNode } from './addition.js';

const element = (nodeName: string, attributes: Readonly<Record<string, string>> = {}, text = '1'): TextNode => ({
  nodeType: 1,
  nodeName,
  childNodes: [{ nodeType: 3, nodeName: '#text', data: text, childNodes: [] }],
  getAttribute: (name) => attributes[name] ?? null,
});
const span = (className: string): TextNode => element('SPAN', { class: className });

describe('an addition to code', () => {
  it('is a line number, in each of the names that highlighters have for it', () => {
    const names = ['lnt', 'ln', 'lineno', 'linenos', 'linenodiv', 'line-numbers', 'linenumber', 'gutter gl'];
    const prefixed = ['rouge-gutter gl', 'hljs-ln-line hljs-ln-numbers', 'react-syntax-highlighter-line-number'];
    expect([...names, ...prefixed].filter((name) => !isAddition(span(name)))).toEqual([]);
  });

  it('is no code whose class resembles such a name', () => {
    const names = ['hljs-ln-line hljs-ln-code', 'hljs-ln', 'line', 'code', 'token keyword', 'gutters', 'prompt-area'];
    expect(names.filter((name) => isAddition(span(name)))).toEqual([]);
  });

  it('is no block, table or row of code', () => {
    const code = ['PRE', 'CODE', 'TABLE', 'TBODY', 'TR'].map((name) => element(name, { class: 'lineno' }));
    expect(code.filter(isAddition)).toEqual([]);
  });

  it('is what its style keeps from being selected, and a number with a padding', () => {
    const styled = (style: string, text?: string): boolean => isAddition(element('SPAN', { style }, text));
    expect(styled('white-space:pre;-webkit-user-select:none;user-select:none')).toBe(true);
    expect(styled('color: inherit; padding-left: 5px; padding-right: 5px;', ' 7')).toBe(true);
    expect(styled('color: inherit; padding-left: 5px; padding-right: 5px;', 'total')).toBe(false);
    expect(styled('color: #666', '7')).toBe(false);
  });

  it('is a button, a callout and what assistive technology does not read', () => {
    const icon = element('I', { class: 'conum' });
    const text = element('B');
    expect([element('BUTTON'), icon, element('SPAN', { 'aria-hidden': 'true' })].map(isAddition)).not.toContain(false);
    expect(isCalloutText(text, icon)).toBe(true);
    expect(isCalloutText(text, span('mi'))).toBe(false);
  });

  it('is a line that its author removed', () => {
    const lines = ['line diff remove', 'ec-line highlight del', 'token deleted-sign deleted', 'hljs-deletion'];
    expect(lines.map((name) => isRemoved(span(name)) && isAddition(span(name)))).not.toContain(false);
    expect(['line diff add', 'ec-line highlight ins'].map((name) => isRemoved(span(name)))).not.toContain(true);
    expect(isAddition(element('DEL'))).toBe(true);
  });
});
