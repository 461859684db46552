/** Languages of the fences that guides may have, beside plain text. */
export const highlightedLanguages = /** @type {const} */ ([
  'ts',
  'tsx',
  'js',
  'html',
  'css',
  'json',
  'sh',
  'nginx',
  'md',
  'vue',
  'mdx',
  'astro',
]);
