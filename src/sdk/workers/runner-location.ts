let beside: URL | undefined;

/** For builds that know where they were loaded from: `runner.html` lies beside them. */
export function locateRunnerBeside(moduleUrl: string): void {
  beside = new URL('runner.html', moduleUrl);
}

/** Absolute address of `runner.html`: as given, else beside a CDN build, else beside the page. */
export function resolveRunnerUrl(given: string | URL | undefined): URL {
  if (given !== undefined) return new URL(given, globalThis.document?.baseURI);
  return beside ?? new URL('runner.html', globalThis.document?.baseURI);
}
