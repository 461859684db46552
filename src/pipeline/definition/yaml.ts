/** A YAML text as data. The package `yaml` loads when it is first asked for. @throws Error where it is not installed, or for invalid YAML */
export async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml').catch((cause: unknown) => {
    throw new Error('Loading YAML needs the package "yaml". Install it: npm install yaml', { cause });
  });
  // No aliases beyond a few: a small text could stand for a very large value.
  return parse(text, { maxAliasCount: 100, schema: 'core' }) as unknown;
}
