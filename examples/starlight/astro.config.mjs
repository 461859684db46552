import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { codemodeSnippets } from 'codemode-playground/remark';

const options = {
  attributes: { 'runner-url': '/codemode/runner.html', 'import-map': '/orchard/import-map.json' },
  tools: { site: '/orchard/tools.js', mocked: '/orchard/mocked-tools.js' },
};

export default defineConfig({
  markdown: { remarkPlugins: [[codemodeSnippets, options]] },
  vite: { optimizeDeps: { exclude: ['codemode-playground'] } },
  integrations: [
    starlight({
      title: 'Orchard',
      customCss: ['codemode-playground/codemode-snippet.css', './src/snippets.css'],
      components: { Head: './src/Head.astro' },
      sidebar: [
        { label: 'Orders', slug: 'guide' },
        { label: 'About', slug: 'about' },
      ],
      pagefind: false,
    }),
  ],
});
