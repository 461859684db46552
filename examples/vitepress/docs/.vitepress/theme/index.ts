import 'codemode-playground/codemode-snippet.css';
import DefaultTheme from 'vitepress/theme';
import './snippets.css';

export default {
  extends: DefaultTheme,
  enhanceApp() {
    if (!import.meta.env.SSR) void import('codemode-playground/snippet');
  },
};
