import { codemodeSnippets } from 'codemode-playground/remark';
import { themes } from 'prism-react-renderer';

const options = {
  attributes: { 'runner-url': '/codemode/runner.html', 'import-map': '/orchard/import-map.json' },
  tools: { site: '/orchard/tools.js', mocked: '/orchard/mocked-tools.js' },
};

export default {
  title: 'Orchard',
  url: 'https://orchard.example',
  baseUrl: '/',
  favicon: 'icon.svg',
  future: { v4: true, faster: true },
  themes: [['@docusaurus/theme-classic', { customCss: './src/snippets.css' }]],
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      { routeBasePath: '/', sidebarPath: './sidebars.js', remarkPlugins: [[codemodeSnippets, options]] },
    ],
  ],
  clientModules: ['./src/snippets.js'],
  themeConfig: {
    prism: { theme: themes.github, darkTheme: themes.vsDark },
    navbar: {
      title: 'Orchard',
      items: [
        { to: '/guide', label: 'Orders' },
        { to: '/about', label: 'About' },
      ],
    },
  },
};
