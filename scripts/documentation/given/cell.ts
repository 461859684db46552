import type { RuntimeContext as Context } from 'codemode-playground/context';

export { AsyncContext, getCurrentContext, RuntimeContext } from 'codemode-playground/context';

// Nobody knows the types of what a page registers.
// oxlint-disable typescript/no-explicit-any

/** What code in a cell finds, as the editor declares it. */
export declare const tools: Record<string, any>;
export declare const context: Context;
export declare const config: Readonly<Record<string, any>>;
export declare function display(...values: unknown[]): void;
