import { toBase64 } from '../../protocol/codec/format.js';
import type { OutputEntry } from '../../sdk/index.js';
import type { AgentOutcome } from '../runtime/agent-outcome.js';
import { cutValue, type CutOptions } from '../runtime/cut-value.js';

/** A picture that the code displayed, in Base64. */
export interface ModelImage {
  readonly type: 'image';
  readonly data: string;
  readonly mediaType: string;
}

/** A part of a result: a text, or a picture. */
export type ModelContent = { readonly type: 'text'; readonly text: string } | ModelImage;

/** What a model learns of an execution: JSON without its log. */
export interface ModelResult {
  readonly status: AgentOutcome['status'];
  readonly executionId?: string;
  readonly result?: unknown;
  readonly error?: object;
  /** What the code wrote, line by line. */
  readonly output?: string;
  readonly pending?: readonly object[];
  readonly notes?: readonly string[];
}

/** Share of the tokens that the output may take. */
const shareOfOutput = 0.4;

/** An outcome as a model can read it, cut by structure. It is valid JSON. */
export function modelResult(outcome: AgentOutcome, { maxTokens = 6000 }: CutOptions = {}): ModelResult {
  const { status, executionId } = outcome;
  if (outcome.status === 'paused') {
    const pending = outcome.pending.map(({ seq, name, args }) => ({
      seq,
      name,
      args: cutValue(args, { maxTokens: 500 }),
    }));
    return { status, executionId, pending };
  }
  const text = outcome.output.map(lineOf).join('\n');
  const output = cutValue(text, { maxTokens: Math.max(20, Math.floor(maxTokens * shareOfOutput)) }) as string;
  const details = {
    ...(output === '' ? {} : { output }),
    ...(outcome.notes.length === 0 ? {} : { notes: outcome.notes }),
  };
  if (outcome.status === 'error') {
    const { name, message, position, excerpt, isOfCode } = outcome.error;
    const line = position?.line;
    const error = {
      name,
      message,
      ...(line === undefined ? {} : { line }),
      ...(excerpt === undefined ? {} : { excerpt }),
    };
    return { status, error: isOfCode ? error : { ...error, hint: 'Other code would not mend this.' }, ...details };
  }
  if (outcome.result === undefined) {
    return output === '' ? { status, ...details, output: emptyResult } : { status, ...details };
  }
  return {
    status,
    result: cutValue(outcome.result, { maxTokens: Math.floor(maxTokens * (1 - shareOfOutput)) }),
    ...details,
  };
}

/** An entry that comes from a database has its text, and no methods. */
function lineOf(entry: OutputEntry): string {
  return entry.text ?? String(entry);
}

const emptyResult =
  'The code ran without an error. It wrote nothing, and its value is undefined. End it with an expression.';

/** What a model learns of an execution as content: the result as JSON, and the pictures that the code displayed, in Base64. */
export function modelContent(outcome: AgentOutcome, options?: CutOptions): readonly ModelContent[] {
  return [{ type: 'text', text: JSON.stringify(modelResult(outcome, options)) }, ...modelImages(outcome)];
}

/** The pictures that the code displayed, in Base64. */
export function modelImages(outcome: AgentOutcome): readonly ModelImage[] {
  if (outcome.status === 'paused') return [];
  return outcome.output.flatMap(({ bundle = {} }): readonly ModelImage[] => {
    const mediaType = ['image/png', 'image/jpeg'].find((type) => type in bundle);
    if (mediaType === undefined) return [];
    const image = bundle[mediaType];
    const data = typeof image === 'string' ? image : toBase64(new Uint8Array(image as Uint8Array).buffer);
    return [{ type: 'image', data, mediaType }];
  });
}
