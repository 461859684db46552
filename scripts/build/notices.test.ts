import { describe, expect, it } from 'vitest';
import { formatNotices } from './notices.mjs';

describe('the licence notices', () => {
  it('have the name, the version and all texts of each package', () => {
    const text = formatNotices([
      { name: 'lit', version: '3.3.3', license: 'BSD-3-Clause', texts: ['\nCopyright Google\n'] },
      { name: 'monaco-editor', version: '0.57.0', license: 'MIT', texts: ['Copyright Microsoft', 'NOTICES of others'] },
    ]);
    expect(text).toMatch(/\nlit 3\.3\.3 \(BSD-3-Clause\)\n-+\n\nCopyright Google\n\n-+\nmonaco-editor 0\.57\.0/);
    expect(text).toMatch(/Copyright Microsoft\n\nNOTICES of others\n$/);
  });
});
