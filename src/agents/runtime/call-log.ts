import type { AgentCall, AgentCallState } from './agent-outcome.js';

/** What a call gave: a value, or an error with the name and message that code sees. */
export type CallAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly message: string };

/** A call as it is stored. */
export interface LoggedCall {
  readonly seq: number;
  /** Where the code made it, in the causal tree of its execution. The same code makes it at the same place again. */
  readonly place: string;
  readonly name: string;
  readonly args: unknown;
  readonly since: number;
  state: AgentCallState;
  answer?: CallAnswer;
}

/** Calls of one execution, and the order in which their answers reached the code. */
export interface CallLog {
  readonly calls: LoggedCall[];
  /** Places of answers. */
  readonly order: string[];
}

export function callOf({ seq, name, args, state, answer }: LoggedCall): AgentCall {
  if (answer === undefined) return { seq, name, args, state };
  if (answer.ok) return { seq, name, args, state, result: answer.value };
  return { seq, name, args, state, error: { name: answer.name, message: answer.message } };
}
