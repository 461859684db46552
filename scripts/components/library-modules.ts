import { createRequire } from 'node:module';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const commonJs = ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime'];
const ownModules = ['preact', 'preact/hooks', 'preact/jsx-runtime', 'lit', 'd3'];

/** Entries of esbuild, which has no named exports of CommonJS. */
const entryOf = (name: string): string => {
  if (!commonJs.includes(name)) return `export * from ${JSON.stringify(name)};`;
  const names = Object.keys(require(name) as object).filter((key) => /^\w+$/.test(key) && key !== 'default');
  return `import all from ${JSON.stringify(name)}; export default all; export const { ${names.join(', ')} } = all;`;
};

/** File names of the libraries, by what an import map calls them. */
export const libraryFiles: Readonly<Record<string, string>> = Object.fromEntries(
  [...commonJs, ...ownModules].map((name) => [name, `${name.replaceAll('/', '-')}.js`]),
);

/** The libraries of components as ES modules, by file name: bundled from `node_modules`, and sharing what they share. */
export async function libraryModules(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: Object.entries(libraryFiles).map(([name, file]) => ({
      in: `library:${name}`,
      out: file.slice(0, -3),
    })),
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    outdir: '/',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entries',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^library:/ }, ({ path }) => ({ path, namespace: 'library' }));
          onLoad({ filter: /.*/, namespace: 'library' }, ({ path }) => ({
            contents: entryOf(path.slice('library:'.length)),
            resolveDir: process.cwd(),
          }));
        },
      },
    ],
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(1), text]));
}
