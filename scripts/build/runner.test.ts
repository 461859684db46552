import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineScript, insertWorker } from './runner.mjs';

const page = '<meta content="script-src \'__SCRIPT_HASH__\'"><script src="./runner.ts"></script>';

describe('the page of the runner', () => {
  it('holds the script, and its hash in the policy', () => {
    const html = inlineScript(page, 'start("$&");');
    const hash = createHash('sha256').update('start("$&");').digest('base64');
    expect(html).toBe(`<meta content="script-src 'sha256-${hash}'"><script>start("$&");</script>`);
  });

  it('holds a script that has HTML in its strings', () => {
    const html = inlineScript(page, 'a = "</script><!--<script>";');
    const [, text] = /<script>(.*)<\/script>$/s.exec(html)!;
    expect(text).not.toMatch(/<\/script|<!--/i);
    // oxlint-disable-next-line no-eval, no-new-func
    expect(new Function(`let a; ${text} return a;`)()).toBe('</script><!--<script>');
  });

  it.each([
    ['no script', '<meta content="__SCRIPT_HASH__">'],
    ['two scripts', `${page}<script src="more.js"></script>`],
    ['no place for the hash', '<script src="./runner.ts"></script>'],
  ])('is refused with %s', (_name, html) => {
    expect(() => inlineScript(html, '')).toThrow(/needs/);
  });
});

describe('the source of the worker', () => {
  const block = '<script type="application/json">__WORKER_SOURCE__</script>';

  it('becomes data of the page, with a name for stacks', () => {
    const html = insertWorker(block, 'a("</script><!--$&\n")');
    const [, text] = /<script type="application\/json">([^<]*)<\/script>$/.exec(html)!;
    expect(JSON.parse(text!)).toBe('a("</script><!--$&\n")\n//# sourceURL=codemode-kernel.js');
  });

  it.each(['', block + block])('has exactly one place: %s', (html) => {
    expect(() => insertWorker(html, '')).toThrow(/exactly once/);
  });
});
