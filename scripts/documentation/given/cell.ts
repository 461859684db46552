import type { RuntimeContext as Context } from 'codemode-playground/context';

export { AsyncContext, getCurrentContext, RuntimeContext } from 'codemode-playground/context';

// Nobody knows the types of what a page registers.
// oxlint-disable typescript/no-explicit-any

/** What code in a cell finds, as the editor declares it. */
export declare const tools: Record<string, any>;
export declare const context: Context;
export declare const config: Readonly<Record<string, any>>;
interface DisplayHandle {
  readonly id: string;
  update(...values: unknown[]): void;
}
export declare const display: {
  (...values: unknown[]): DisplayHandle;
  html(text: TemplateStringsArray | string, ...values: unknown[]): DisplayHandle;
  md(text: TemplateStringsArray | string, ...values: unknown[]): DisplayHandle;
  svg(text: TemplateStringsArray | string, ...values: unknown[]): DisplayHandle;
  progress(
    done: number,
    total: number,
    label?: string,
  ): { readonly id: string; update(done: number, total?: number, label?: string): void };
};
