import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes custom data for VS Code from the custom elements manifest. With it, the editor completes the elements in HTML.
 *
 * @typedef {{ name: string, description?: string, default?: string, type?: { text: string } }} ManifestAttribute
 * @typedef {{ tagName?: string, description?: string, attributes?: ManifestAttribute[] }} ManifestDeclaration
 */

/** The elements that authors write; the others are inside them. */
const publicTags = ['codemode-playground', 'codemode-snippet', 'codemode-run-all'];

/** The literals of a union of strings. @param {string} type */
const literals = (type) => [...type.matchAll(/'([^']*)'/g)].map(([, name = '']) => ({ name }));

/**
 * @param {{ modules: { declarations?: ManifestDeclaration[] }[] }} manifest
 * @returns Custom data as VS Code's HTML language service reads it, in version 1.1 of its format
 */
export function htmlCustomData({ modules }) {
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  const tags = publicTags.map((name) => {
    const declaration = declarations.find(({ tagName }) => tagName === name);
    if (!declaration) throw new Error(`The manifest has no <${name}>.`);
    return {
      name,
      description: declaration.description ?? '',
      attributes: (declaration.attributes ?? []).map((attribute) => {
        const type = attribute.type?.text ?? '';
        return {
          name: attribute.name,
          description: attribute.description ?? '',
          ...(type === 'boolean' ? { valueSet: 'v' } : {}),
          values: literals(type),
        };
      }),
    };
  });
  return { version: 1.1, tags };
}

/** Writes it beside the manifest. @param {string} outDir */
export async function emitEditorData(outDir) {
  const manifest = JSON.parse(await readFile(path.join(outDir, 'custom-elements.json'), 'utf8'));
  await writeFile(
    path.join(outDir, 'vscode.html-custom-data.json'),
    `${JSON.stringify(htmlCustomData(manifest), null, 2)}\n`,
  );
}
