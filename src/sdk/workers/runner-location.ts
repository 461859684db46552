let beside: URL | undefined;

/** For builds that know where they were loaded from: `runner.html` lies beside them. */
export function locateRunnerBeside(moduleUrl: string): void {
  beside = new URL('runner.html', moduleUrl);
}

let latest: URL | undefined;

/** Absolute address of `output.html`, which lies beside the `runner.html` that was used last. */
export function outputPageUrl(): URL {
  return new URL('output.html', latest ?? resolveRunnerUrl(undefined));
}

/** Absolute address of `runner.html`: as given, else beside a CDN build, else beside the page. */
export function resolveRunnerUrl(given: string | URL | undefined): URL {
  const base = globalThis.document?.baseURI;
  return (latest = given === undefined ? (beside ?? new URL('runner.html', base)) : new URL(given, base));
}
