import { expect, test } from 'vitest';
import { buildImportsPage } from './compile/imports.mjs';
import { buildRealms, loadCompiler } from './context/build.mjs';
import { buildPage } from './control/build.mjs';
import { buildPage as buildShowingPage } from './page/build.mjs';
import { buildGuardScript } from './control/guards.mjs';

test('the scripts of each benchmark can be built from the sources as they are named now', async () => {
  const scripts = [
    await buildGuardScript(),
    ...Object.values(await buildRealms(await loadCompiler())),
    ...[
      ...(await buildPage()).values(),
      ...(await buildShowingPage()).values(),
      ...(await buildImportsPage()).values(),
    ].map(({ body }) => body),
  ];

  for (const script of scripts) expect(script).not.toBe('');
});
