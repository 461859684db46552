/**
 * How elements of JSX are compiled. Comments of the code, such as `@jsx h`, take precedence.
 *
 * @example
 * new Codemode({ jsx: { importSource: 'preact' }, importMap: { imports: { 'preact/': 'https://esm.sh/preact/' } } });
 */
export interface JsxOptions {
  /**
   * `automatic` imports the functions that make elements; `classic` calls a function that the code has in scope.
   * @default 'classic' with a `factory` or a `fragment` and no `importSource`, otherwise 'automatic'
   */
  readonly runtime?: 'automatic' | 'classic' | undefined;
  /** The package of the automatic runtime: code imports `<importSource>/jsx-runtime`. @default 'react' */
  readonly importSource?: string | undefined;
  /** The function that the classic runtime calls. @default 'React.createElement' */
  readonly factory?: string | undefined;
  /** The component of `<>…</>` in the classic runtime. @default 'React.Fragment' */
  readonly fragment?: string | undefined;
}

/** Options with their defaults. */
export type JsxSettings = { readonly [Option in keyof JsxOptions]-?: NonNullable<JsxOptions[Option]> } & {
  /** A comment that says again what the comments say; empty if they say nothing. */
  readonly pragmas: string;
};

const path = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** What each option may be. */
const forms = new Map<unknown, RegExp>([
  ['runtime', /^(?:automatic|classic)$/],
  ['importSource', /^[^\s*]+$/],
  ['factory', path],
  ['fragment', path],
]);

/** The option that a comment sets, by what follows `@jsx`. */
const optionOf: Readonly<Record<string, keyof JsxOptions>> = {
  '': 'factory',
  Frag: 'fragment',
  Runtime: 'runtime',
  ImportSource: 'importSource',
};

/**
 * Adds what the comments of a source say to the options.
 * @param comments their texts
 * @throws TypeError for an option that is misspelled, or has another value than it may have
 */
export function jsxSettings(comments: readonly string[], options: JsxOptions = {}): JsxSettings {
  for (const [option, value] of Object.entries(options)) {
    if (value !== undefined && forms.get(option)?.test(value) !== true)
      throw new TypeError(`The option jsx.${option} can't be ${JSON.stringify(value)}.`);
  }
  const said: Record<string, string> = {};
  let pragmas = '';
  for (const comment of comments) {
    for (const [, pragma, value] of comment.matchAll(/@jsx(Frag|Runtime|ImportSource|)\s+(\S+)/g)) {
      const option = optionOf[pragma!]!;
      if (!forms.get(option)!.test(value!)) continue;
      said[option] = value!;
      pragmas += `/*@jsx${pragma} ${value}*/`;
    }
  }
  return {
    pragmas,
    runtime: runtimeOf(said) ?? runtimeOf(options) ?? 'automatic',
    importSource: said['importSource'] ?? options.importSource ?? 'react',
    factory: said['factory'] ?? options.factory ?? 'React.createElement',
    fragment: said['fragment'] ?? options.fragment ?? 'React.Fragment',
  };
}

function runtimeOf({ runtime, importSource, factory, fragment }: JsxOptions): JsxOptions['runtime'] {
  if (runtime !== undefined) return runtime;
  if (importSource !== undefined) return 'automatic';
  return factory === undefined && fragment === undefined ? undefined : 'classic';
}
