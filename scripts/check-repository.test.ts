import { describe, expect, it } from 'vitest';
import { findMissingPackages, findProblems, findUncheckedPackages } from './check-repository.mjs';

describe('the repository', () => {
  it('has no addresses of a registry in its lockfile', () => {
    expect(findProblems('package-lock.json', '{\n  "resolved": "https://registry.example/x.tgz"\n}')).toHaveLength(1);
    expect(findProblems('package-lock.json', '{\n  "integrity": "sha512-x"\n}')).toEqual([]);
  });

  it('sets no registry', () => {
    expect(findProblems('.npmrc', 'registry=https://registry.example/')).toHaveLength(1);
    expect(findProblems('.npmrc', '@scope:registry = https://registry.example/')).toHaveLength(1);
    expect(findProblems('.npmrc', 'fund=false')).toEqual([]);
  });

  it.each(['home/ada/project', 'work/tree', 'root/x'])('has no path of a machine: /%s', (text) => {
    expect(findProblems('docs/index.md', `in "/${text}"`)).toEqual([expect.stringContaining('docs/index.md:1')]);
  });

  it.each(['https://example.com/home/page', ['.', 'work', 'files'].join('/'), 'src/root/x'])('may say %s', (text) => {
    expect(findProblems('docs/index.md', text)).toEqual([]);
  });

  it('locks every package, those of other platforms too', () => {
    const lock = {
      packages: {
        '': { dependencies: { linter: '1' } },
        'node_modules/linter': {
          optionalDependencies: { '@linter/linux': '1', '@linter/mac': '1' },
          dependencies: { own: '1' },
        },
        'node_modules/linter/node_modules/own': {},
        'node_modules/@linter/linux': {},
      },
    };
    expect(findMissingPackages('package-lock.json', lock)).toEqual([expect.stringContaining('@linter/mac')]);
  });

  it('locks the content of every package, except folders', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/site': { link: true, resolved: '../site' },
        'node_modules/local': { resolved: 'file:../..' },
        'node_modules/checked': { integrity: 'sha512-x' },
        'node_modules/weak': { integrity: 'sha1-x' },
        'node_modules/unchecked': {},
      },
    };
    expect(findUncheckedPackages('package-lock.json', lock)).toEqual([
      expect.stringContaining('node_modules/weak has no sha512 integrity'),
      expect.stringContaining('node_modules/unchecked has no sha512 integrity'),
    ]);
  });
});
