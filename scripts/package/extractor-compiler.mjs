/**
 * How API Extractor compiles the declarations of the package, as an application without types of its own would.
 *
 * @param {string} entry absolute path of a declaration file
 */
export function compilerOf(entry) {
  return {
    overrideTsconfig: {
      compilerOptions: {
        target: 'es2022',
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
        types: [],
        skipLibCheck: true,
      },
      files: [entry],
    },
  };
}
