import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.js';

const names = ['get_weather', 'getForecast', 'search', 'pay'];

describe('E4 nearestName', () => {
  it.each([
    ['get_waether', 'get_weather'],
    ['getWeather', 'get_weather'],
    ['GETFORECAST', 'getForecast'],
    ['serch', 'search'],
    ['sarch', 'search'],
    ['pya', 'pay'],
    ['pa', 'pay'],
  ])('E4 %s was meant as %s', (name, nearest) => {
    expect(nearestName(name, names)).toBe(nearest);
  });

  it.each(['weather_of_tomorrow', 'x', '', 'delete'])('E4 %j is like none of them', (name) => {
    expect(nearestName(name, names)).toBeUndefined();
  });

  it('E4 prefers the one that takes the fewest changes', () => {
    expect(nearestName('test2', ['test12', 'test1', 'test2x', 'tests'])).toBe('test12');
    expect(nearestName('tests', ['test', 'tests'])).toBe('tests');
    expect(nearestName('a', [])).toBeUndefined();
  });
});

describe('nearestName with a limit of the caller', () => {
  const attributes = ['auto-run', 'id', 'session', 'theme'];
  const few = (length: number): number => (length < 3 ? 0 : length < 8 ? 1 : 2);

  it.each([
    ['sesion', 'session'],
    ['sesison', 'session'],
    ['themes', 'theme'],
    ['section', undefined],
    ['title', undefined],
    ['ip', undefined],
    ['showLineNumbers', undefined],
  ])('%s: %s', (word, key) => {
    expect(nearestName(word, attributes, few)).toBe(key);
  });
});
