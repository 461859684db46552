import { describe, expect, it } from 'vitest';
import { nearestKey } from './nearest-key.js';

const keys = ['auto-run', 'id', 'session', 'theme'];

describe('nearestKey', () => {
  it.each([
    ['sesion', 'session'],
    ['Session', 'session'],
    ['autorun', 'auto-run'],
    ['themes', 'theme'],
    ['section', undefined],
    ['title', undefined],
    ['ip', undefined],
    ['showLineNumbers', undefined],
  ])('%s: %s', (word, key) => {
    expect(nearestKey(word, keys)).toBe(key);
  });
});
