import type { Flat } from '../../sdk/tools/schema/schema-inference.js';
import type { Step } from './step.js';

/** Parameters of any name count as none: a task that does not say what it needs may run anywhere. */
export type Known<T> = [T] extends [never] ? object : T extends object ? (string extends keyof T ? object : T) : object;

/** The parameters that a step needs. */
export type InputOf<S> = S extends Step<infer In, infer _Out> ? Known<In> : object;
/** The parameters that a step gives. */
export type OutputOf<S> = S extends Step<infer _In, infer Out> ? Known<Out> : object;

/** The parameters of a scope when a step has given others: these take the place of those with their names. */
export type Merged<A, B> = Flat<Omit<A, keyof B> & B>;

/** The parameters that a value becomes: under the name of `returns`, or each entry of an object. */
export type Given<Value, Returns> = [Returns] extends [string]
  ? { readonly [Name in Returns]: Value }
  : Value extends readonly unknown[] | ((...args: never) => unknown)
    ? object
    : Known<Value>;

/** What a list of steps needs from outside, and what it has at its end. */
export interface Flow<Needs, Gives> {
  readonly needs: Needs;
  readonly gives: Gives;
}

/** Reads steps in order: what an earlier one gives, a later one does not need from outside. */
export type FlowOf<Steps, Needs = object, Gives = object> = Steps extends readonly [infer First, ...infer Rest]
  ? FlowOf<Rest, Needs & Omit<InputOf<First>, keyof Gives>, Merged<Gives, OutputOf<First>>>
  : Flow<Flat<Needs>, Flat<Gives>>;

/** Stands in the place of a step whose parameter an earlier one gives with another type. */
export interface ParameterMismatch<Name> {
  readonly '~mismatch': Name;
}

/** Names of the parameters that are needed with another type than they have. */
export type Mismatch<Needs, Gives> = {
  [Name in keyof Needs & keyof Gives]: unknown extends Gives[Name]
    ? never
    : Gives[Name] extends Needs[Name]
      ? never
      : Name;
}[keyof Needs & keyof Gives];

/** The steps as they are; the first whose parameters do not fit is a `ParameterMismatch`. */
export type Checked<Steps, Gives = object> = Steps extends readonly [infer First, ...infer Rest]
  ? readonly [
      [Mismatch<InputOf<First>, Gives>] extends [never] ? First : ParameterMismatch<Mismatch<InputOf<First>, Gives>>,
      ...Checked<Rest, Merged<Gives, OutputOf<First>>>,
    ]
  : Steps;

/** Of a union of types, what is all of them. */
export type AllOf<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer All) => void
  ? All
  : never;

/** What all branches need. */
export type BranchNeeds<Branches> = Flat<
  AllOf<{ [Key in keyof Branches]: FlowOf<Branches[Key]>['needs'] }[keyof Branches]> & object
>;
/** What all branches together give. */
export type BranchGifts<Branches> = Flat<
  AllOf<{ [Key in keyof Branches]: FlowOf<Branches[Key]>['gives'] }[keyof Branches]> & object
>;
