import { describe, expect, it } from 'vitest';
import { schemeOfColor, schemeOfName } from './page-scheme.js';

describe('the scheme of a page', () => {
  it.each([
    ['dark', 'dark'],
    ['light', 'light'],
    ['theme-dark', 'dark'],
    ['layout dark_mode', 'dark'],
    ['Dark', 'dark'],
    ['darkroom', undefined],
    ['highlight', undefined],
    ['', undefined],
    ['auto', undefined],
  ])('is named by %j: %s', (value, scheme) => expect(schemeOfName(value)).toBe(scheme));

  it.each([
    ['rgb(255, 255, 255)', 'light'],
    ['rgb(16, 18, 22)', 'dark'],
    ['rgba(0, 0, 0, 0)', undefined],
    ['rgb(0 0 0 / 0.9)', 'dark'],
    ['color(display-p3 0 0 0)', undefined],
    ['', undefined],
  ])('is that of the background %j: %s', (color, scheme) => expect(schemeOfColor(color)).toBe(scheme));
});
