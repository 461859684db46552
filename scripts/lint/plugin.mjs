import { importDirection } from './import-direction.mjs';
import { linearRegexp } from './linear-regexp.mjs';
import { noEnum, noVagueNames } from './names.mjs';
import { ownInstanceof } from './own-instanceof.mjs';

/** The project's own rules, as oxlint loads them. */
const plugin = {
  meta: { name: 'codemode' },
  rules: {
    'import-direction': importDirection,
    'linear-regexp': linearRegexp,
    'no-enum': noEnum,
    'no-vague-names': noVagueNames,
    'own-instanceof': ownInstanceof,
  },
};

export default plugin;
