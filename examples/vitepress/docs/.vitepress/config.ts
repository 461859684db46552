import { codemodeSnippets } from 'codemode-playground/markdown-it';
import { defineConfig } from 'vitepress';

const options = {
  attributes: { 'runner-url': '/codemode/runner.html', 'import-map': '/orchard/import-map.json' },
  tools: { site: '/orchard/tools.js', mocked: '/orchard/mocked-tools.js' },
};

export default defineConfig({
  title: 'Orchard',
  head: [['link', { rel: 'icon', href: '/icon.svg' }]],
  markdown: {
    config: (markdown) => {
      markdown.use(codemodeSnippets, options);
    },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('codemode-') } } },
  vite: { optimizeDeps: { exclude: ['codemode-playground'] } },
  themeConfig: {
    nav: [
      { text: 'Orders', link: '/guide' },
      { text: 'About', link: '/about' },
    ],
  },
});
