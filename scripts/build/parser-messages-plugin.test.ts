import { expect, it } from 'vitest';
import { recognisedStarts, withoutEnds } from './parser-messages-plugin.mjs';

it('cuts messages off where the compiler recognises them, and leaves other texts', async () => {
  const starts = await recognisedStarts();
  expect(starts).toContain('Shorthand property');
  expect(starts).toContain("'return' outside");
  expect(
    withoutEnds(
      'raise(a, "Shorthand property assignments are valid"), raise(b, "Label is"), "multiple default"',
      starts,
    ),
  ).toBe('raise(a, "Shorthand property"), raise(b, "Label is"), "multiple default"');
});
