import 'codemode-playground/codemode-snippet.css';
import environment from '@docusaurus/ExecutionEnvironment';

if (environment.canUseDOM) void import('codemode-playground/snippet');
