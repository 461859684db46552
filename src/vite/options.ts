/** Selects the modules to instrument. */
export interface AsyncContextOptions {
  /** Patterns for the path of a module, with its query. @default /\.[cm]?[jt]sx?(?:\?|$)/ */
  readonly include?: RegExp | readonly RegExp[];
  /** Patterns that win over `include`. `[]` instruments dependencies as well. @default /[\\/]node_modules[\\/]/ */
  readonly exclude?: RegExp | readonly RegExp[];
}

export interface ModuleFilter {
  readonly include: RegExp[];
  readonly exclude: RegExp[];
}

/** @throws TypeError for an option that is neither a regular expression nor a list of them */
export function moduleFilter({ include, exclude }: AsyncContextOptions = {}): ModuleFilter {
  return {
    include: patterns('include', include ?? /\.[cm]?[jt]sx?(?:\?|$)/),
    exclude: patterns('exclude', exclude ?? /[\\/]node_modules[\\/]/),
  };
}

function patterns(option: string, value: RegExp | readonly RegExp[]): RegExp[] {
  const list = [value].flat();
  const wrong = list.find((pattern) => !(pattern instanceof RegExp));
  if (wrong === undefined) return list as RegExp[];
  throw new TypeError(
    `Expected ${option} to be a regular expression or a list of them, but got ${typeof wrong} ${String(wrong)}.`,
  );
}
