import { expect, it } from 'vitest';
import '../../context/node.js';
import { instrumentedEvents, nativeEvents } from './instrumented-programs.js';
import { RandomProgram, textOf } from './random-program.js';

// A library that was built with the plugin may be used in Node.
it('A1 instrumented code keeps its contexts where the engine carries them, in 30 random programs', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const source = textOf(new RandomProgram(seed).make());
    expect(await instrumentedEvents(source), `seed ${seed}:\n${source}`).toEqual(await nativeEvents(source));
  }
});
