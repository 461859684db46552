import { describe, expect, it } from 'vitest';
import type { TextNode } from './addition.js';
import { codePieces, locateCode } from './code-text.js';

const text = (data: string): TextNode => ({ nodeType: 3, nodeName: '#text', data, childNodes: [] });
const element = (
  nodeName: string,
  childNodes: readonly TextNode[],
  attributes: Readonly<Record<string, string>> = {},
): TextNode => ({ nodeType: 1, nodeName, childNodes, getAttribute: (name) => attributes[name] ?? null });
const span = (...children: TextNode[]): TextNode => element('SPAN', children);
const div = (...children: TextNode[]): TextNode => element('DIV', children);
const codeText = (root: TextNode): string => locateCode(root).text;
const code = (...children: TextNode[]): TextNode => element('CODE', children);

describe('the code in highlighted markup', () => {
  it('joins spans whose lines end with a line break, as Shiki and highlight.js write them', () => {
    expect(codeText(code(span(span(text('const')), text(' a = 1;')), text('\n'), span(text('a;')), text('\n')))).toBe(
      'const a = 1;\na;',
    );
  });

  it('takes <br> for a line break, as Prism in Docusaurus writes it', () => {
    const line = (...children: TextNode[]): TextNode => span(...children, element('BR', []));
    expect(codeText(code(line(span(text('a;'))), line(), line(span(text('b;')))))).toBe('a;\n\nb;');
  });

  it('takes an element around each line for a line, as Expressive Code writes it', () => {
    const line = (content: string): TextNode => div(div(span(text(content))));
    expect(codeText(code(line('a;'), line('\n'), line('  b;')))).toBe('a;\n\n  b;');
  });

  it('leaves out line numbers, buttons and what is hidden from assistive technology', () => {
    const gutter = element('SPAN', [text('1')], { class: 'line-number' });
    const hidden = element('SPAN', [text('$')], { 'aria-hidden': 'true' });
    expect(codeText(code(gutter, hidden, text('a;'), element('BUTTON', [text('Copy')])))).toBe('a;');
  });

  it('takes a row for a line, an empty one too, and no white space between cells', () => {
    const row = (...cells: TextNode[]): TextNode =>
      element('TR', [
        text('\n  '),
        element('TD', [text('1')], { class: 'gutter' }),
        text('\n  '),
        element('TD', cells),
      ]);
    expect(codeText(element('TABLE', [text('\n'), row(text('a;')), row(), row(text('b;\n')), row(text('c;'))]))).toBe(
      'a;\n\nb;\nc;',
    );
  });

  it('leaves out a removed line with its line break, and keeps an empty line after it', () => {
    const removed = element('SPAN', [text('old;')], { class: 'line diff remove' });
    expect(codeText(code(text('a;'), text('\n'), removed, text('\n'), text('\n'), text('b;')))).toBe('a;\n\nb;');
  });

  it('reads every line break as \\n and keeps the indentation of the first line', () => {
    expect(codeText(code(text('\n  a;\r\n\r\n  b;\r\n')))).toBe('  a;\n\n  b;');
  });

  it('tells which node a piece stands in', () => {
    const node = text('a;');
    const lineBreak = element('BR', []);
    expect(codePieces(code(span(node), lineBreak))).toEqual([
      { text: 'a;', node },
      { text: '\n', node: lineBreak },
    ]);
  });

  it('tells where each piece begins, counted from the first line with code', () => {
    expect(locateCode(code(text('\n\n'), span(text('a;')), text('\nb;')))).toMatchObject({
      text: 'a;\nb;',
      pieces: [{ start: -2 }, { start: 0 }, { start: 2 }],
    });
  });
});
