import { describe, expect, it } from 'vitest';
import { withoutMethods } from './unused-methods-plugin.mjs';

describe('the parser without methods that never run', () => {
  const code = 'class A {\n  a(b) {\n    {\n    }\n  }\n  c() {\n    a();\n  }\n}\n';

  it('keeps the others', () => {
    expect(withoutMethods(code, ['a'])).toBe('class A {\n  c() {\n    a();\n  }\n}\n');
    expect(withoutMethods(code, ['c', 'a'])).toBe('class A {\n}\n');
  });

  it('says when the parser has other methods', () => {
    expect(() => withoutMethods(code, ['d'])).toThrow('adapt this plugin');
  });
});
