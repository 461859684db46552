import { describe, expect, it } from 'vitest';
import { Edits } from '../output/edits.js';
import { keepHashbang, keepOpeningComment, separateComparisons } from './comments.js';
import { parse } from './parse.js';

describe('what is a comment here and not there', () => {
  it.each([
    ['#!/usr/bin/env node\na', '///usr/bin/env node\na'],
    ['class A { #a; }', 'class A { #a; }'],
  ])('takes a hashbang for one: %j', (source, expected) => {
    const edits = new Edits(source);
    keepHashbang(edits);
    expect(edits.apply().text).toBe(expected);
  });

  it.each([
    ['a<!--b', 'a< !--b'],
    ['a <!--b, "<!--", /<!--/', 'a < !--b, "<!--", /<!--/'],
    ['a < 1', 'a < 1'],
  ])('compares in a module: %s', (source, expected) => {
    const edits = new Edits(source);
    separateComparisons(parse(source, { language: 'js', sourceType: 'module', allowAwait: true }).tokens, edits);
    expect(edits.apply().text).toBe(expected);
  });

  it.each([
    ['--> one', '//> one'],
    [' /* two */ // three\n --> four\nfive', ' /* two */ // three\n //> four\nfive'],
    ['six\n--> seven', 'six\n--> seven'],
    ['eight-->nine', 'eight-->nine'],
  ])('stays a comment at the start of a script: %j', (source, expected) => {
    const edits = new Edits(source);
    keepOpeningComment(edits);
    expect(edits.apply().text).toBe(expected);
  });
});
