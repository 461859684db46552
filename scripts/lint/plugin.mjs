import { importDirection } from './import-direction.mjs';
import { noEnum, noVagueNames } from './names.mjs';

/** The project's own rules, as oxlint loads them. */
const plugin = {
  meta: { name: 'codemode' },
  rules: { 'import-direction': importDirection, 'no-enum': noEnum, 'no-vague-names': noVagueNames },
};

export default plugin;
