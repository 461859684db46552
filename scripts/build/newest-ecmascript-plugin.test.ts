import { describe, expect, it } from 'vitest';
import { withoutOldVersions } from './newest-ecmascript-plugin.mjs';

describe('the parser for the newest ECMAScript alone', () => {
  it('has the answers to its questions for the version', () => {
    const asked =
      'this.options.ecmaVersion >= 6 && !(this.options.ecmaVersion < 10) || this.options.ecmaVersion === 6;';
    const code = `${asked}${'this.options.ecmaVersion > 10;'.repeat(50)}options.ecmaVersion >= 2015`;
    expect(withoutOldVersions(code, 'acorn.mjs')).toBe(
      `true && !(false) || false;${'true;'.repeat(50)}options.ecmaVersion >= 2015`,
    );
  });

  it('says when the parser asks in another way', () => {
    expect(() => withoutOldVersions('isAtLeast(this.options.ecmaVersion, 6)', 'acorn.mjs')).toThrow(
      'adapt this plugin',
    );
  });
});
