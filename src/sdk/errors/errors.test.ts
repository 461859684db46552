import { describe, expect, it } from 'vitest';
import { PublicError } from '../../protocol/endpoint/call-errors.js';
import { CheckpointFormatError, CheckpointVersionError } from '../checkpoints/checkpoint-errors.js';
import { IllegalTransitionError } from '../session/illegal-transition-error.js';
import * as toolErrors from '../tools/tool-errors.js';
import { CodemodeError } from './codemode-error.js';
import * as componentErrors from './component-errors.js';
import * as executionErrors from './execution-errors.js';
import * as sessionErrors from './session-errors.js';

const errors = {
  CodemodeError,
  CheckpointFormatError,
  CheckpointVersionError,
  IllegalTransitionError,
  ...componentErrors,
  ...executionErrors,
  ...sessionErrors,
};

const made: readonly CodemodeError[] = [
  new errors.CheckpointFormatError('it is empty'),
  new errors.CheckpointVersionError(2, 1),
  new errors.CodemodeError('x'),
  new errors.InvalidComponentError('tool', 'x', 'its name is empty.'),
  new errors.ComponentExistsError('tool', 'x'),
  new errors.ComponentNotFoundError('tool', 'x', ['y']),
  new errors.IllegalTransitionError('a', 'b', 'a', ['c']),
  new errors.ClientClosedError(),
  new errors.SessionClosedError('tab-1'),
  new errors.SessionCrashedError('tab-1', 'no heartbeat'),
  new errors.SessionLimitError(8, 35_000, ['tab-1']),
  new errors.ExecutionTimeoutError(30_000),
  new errors.RequestTimeoutError('execute', 35_000),
  new errors.CancelledError(),
  new errors.RunnerUnavailableError('/runner.html', 'It is not there.'),
  new errors.ProtocolViolationError('a reply', 'a call'),
  new toolErrors.ToolError('x'),
  new toolErrors.ToolInputError('x', []),
  new toolErrors.ToolOutputError('x', []),
  new toolErrors.ContextRequirementError('x', ['a'], []),
  new toolErrors.LateToolCallError('x', 5),
  new toolErrors.ToolTimeoutError('x', 5),
  new toolErrors.ToolDeniedError('x'),
];

describe('errors', () => {
  it('A9 each has the name of its class, and a test here', () => {
    const classes = Object.values({ ...errors, ...toolErrors }).filter(
      (value) => value.prototype instanceof Error && (value as unknown) !== toolErrors.ToolValueError,
    );
    expect(new Set(made.map(({ constructor }) => constructor))).toEqual(new Set(classes));
    for (const error of made) {
      expect(error.name).toBe(error.constructor.name);
      expect(error).toBeInstanceOf(errors.CodemodeError);
      expect(error).toBeInstanceOf(PublicError);
      expect(String(error)).toBe(`${error.name}: ${error.message}`);
    }
  });

  it('A9 carry correlation id, phase and cause', () => {
    const cause = new Error('why');
    const error = new errors.SessionCrashedError('tab-1', 'x', { correlationId: 'c', phase: 'running', cause });
    expect(error).toMatchObject({ correlationId: 'c', phase: 'running', cause, transient: false });
    expect('cause' in new errors.CodemodeError('x')).toBe(false);
  });

  it('A9 know how far the execution got where it can not be otherwise', () => {
    expect(new errors.RunnerUnavailableError('x', 'y')).toMatchObject({ phase: 'not-started' });
    expect(new errors.ClientClosedError()).toMatchObject({ phase: 'not-started', message: 'Client has been closed' });
    expect(new errors.ExecutionTimeoutError(5)).toMatchObject({ phase: 'running', timeout: 5 });
    expect(new errors.RequestTimeoutError('execute', 5)).toMatchObject({ phase: 'unknown' });
  });

  it('A5 a missing component lists at most twenty names', () => {
    const names = Array.from({ length: 25 }, (_, index) => `component${index}`);
    expect(new errors.ComponentNotFoundError('team', 'x', names).message).toContain('component19, and 5 more');
    expect(new errors.ComponentNotFoundError('team', 'x', []).message).toBe(
      'There is no team "x". No team is registered.',
    );
  });

  it('A6 tell where arguments do not fit', () => {
    const issues = [
      { path: ['list', 0, 'city'], message: 'Required' },
      ...Array.from({ length: 6 }, (_, index) => ({ path: [], message: `issue ${index}` })),
    ];
    const { message } = new toolErrors.ToolInputError('weather', issues);
    expect(message).toContain('list[0].city: Required; issue 0;');
    expect(message).toContain('and 2 more');
  });

  it('A6 keep what came and why it was refused as fields', () => {
    const issues = [{ path: ['city'], message: 'Required' }];
    const fields = { tool: 'weather', issues, received: {} };
    expect(new toolErrors.ToolInputError('weather', issues, { received: {} })).toMatchObject(fields);
    expect(new toolErrors.ToolOutputError('weather', issues, { received: {} })).toMatchObject(fields);
    expect(new errors.InvalidComponentError('tool', 'x', 'its name is empty.').problem).toBe('its name is empty.');
    expect(new errors.CheckpointFormatError('it is empty').problem).toBe('it is empty');
  });

  it('A6 a requirement names what is missing and how to pass it', () => {
    const { message } = new toolErrors.ContextRequirementError('pay', ['client_id'], ['region']);
    expect(message).toContain('"client_id"');
    expect(message).toContain('execute(code, { context: { client_id: … } })');
  });
});
