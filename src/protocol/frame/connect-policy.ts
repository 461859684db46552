/**
 * A source as `connect-src` takes it, without the keywords in quotes: an origin, with a path or a wildcard for a
 * subdomain, or a scheme.
 */
const source =
  /^(?:\*|(?:https?|wss?):|(?:(?:https?|wss?):\/\/)?(?:\*\.)?[\w-]+(?:\.[\w-]+)*(?::(?:\d{1,5}|\*))?(?:\/[\w\-.~%!$&()*+=:@/]*)?)$/i;

/** Sources that code can always reach: data that it has already. */
const own = 'data: blob:';

/**
 * The policy that narrows what a sandbox can reach to some sources; without any, to nothing.
 *
 * @throws TypeError for what is no source, so that nobody can write a policy of their own into it.
 */
export function connectPolicy(sources: readonly string[]): string {
  for (const one of sources) {
    if (!source.test(one))
      throw new TypeError(`Expected a source such as https://api.example.com, received ${JSON.stringify(one)}.`);
  }
  return `connect-src ${[...sources, own].join(' ')}`;
}

const parameter = 'connect';

/** Address of a runner that lets code reach the sources. */
export function runnerAddress(runnerUrl: string | URL, sources: readonly string[], base?: string): URL {
  connectPolicy(sources);
  const address = new URL(runnerUrl, base);
  if (sources.length > 0) address.searchParams.set(parameter, sources.join(' '));
  return address;
}

/** The sources in the query of a runner's own address. */
export function sourcesOf(search: string): readonly string[] {
  return (new URLSearchParams(search).get(parameter) ?? '').split(' ').filter((one) => one !== '');
}
