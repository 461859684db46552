/** Which modules are instrumented. */
export interface AsyncContextOptions {
  /** Matched against the path of a module, with its query where it has one. @default /\.[cm]?[jt]sx?(?:\?|$)/ */
  readonly include?: RegExp | readonly RegExp[];
  /** Wins over `include`; `[]` takes dependencies in as well. @default /[\\/]node_modules[\\/]/ */
  readonly exclude?: RegExp | readonly RegExp[];
}

export interface ModuleFilter {
  readonly include: RegExp[];
  readonly exclude: RegExp[];
}

/** @throws TypeError where an option is not one or several regular expressions */
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
