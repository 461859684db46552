import { describe, expect, it } from 'vitest';
import { withFixedOptions } from './parser-options-plugin.mjs';

describe('the parser with the options of the compiler', () => {
  it('has the answers to its questions', () => {
    const asked =
      'this.options.ecmaVersion >= 6 && !(this.ecmaVersion < 10) || this.options.ecmaVersion === 6 || parser.options.ranges;';
    const code = `${asked}${'this.options.preserveParens;'.repeat(20)}options.ecmaVersion >= 2015`;
    expect(withFixedOptions(code, 'acorn.mjs')).toBe(
      `true && !(false) || false || false;${'true;'.repeat(20)}options.ecmaVersion >= 2015`,
    );
  });

  it('says when the parser asks in another way', () => {
    expect(() => withFixedOptions('isAtLeast(this.options.ecmaVersion, 6)', 'acorn.mjs')).toThrow('adapt this plugin');
  });
});
