import { descriptorOf } from '../../../src/context/pristine-built-ins.js';

/** A library that renders values. */
export type Renderer = 'react' | 'preact' | 'lit';

/**
 * What renders an element of React, a description by Preact, or a template of Lit. Runs no code of it.
 *
 * @param value no proxy: its traps would run
 */
export function rendererOf(value: object): Renderer | undefined {
  const kind: unknown = descriptorOf(value, '$$typeof')?.value;
  if (kind === Symbol.for('react.transitional.element') || kind === Symbol.for('react.element')) return 'react';
  if (descriptorOf(value, '_$litType$')?.value !== undefined) return 'lit';
  // Where Preact keeps children of a description; all its builds have this name.
  return descriptorOf(value, 'props') && descriptorOf(value, '__k') && 'preact';
}
