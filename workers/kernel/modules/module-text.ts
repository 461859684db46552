import { compileModule } from '../../../src/compiler/index.js';
import type { CompiledModule } from '../../../src/compiler/types.js';
import type { CompileMessage } from '../../../src/protocol/messages/wire.js';

/** Whether `<` begins an element of JSX, in a file of that name. */
export const elementsIn = (fileName: string): true | 'fallback' => /\.[jt]sx(?:$|[?#])/.test(fileName) || 'fallback';

export function compileSource({ url, source, jsx }: Omit<CompileMessage, 'context'>): CompiledModule {
  return compileModule(source, {
    fileName: url,
    language: /\.[mc]?tsx?(?:$|[?#])/.test(url) ? 'ts' : 'js',
    elements: elementsIn(url),
    jsx,
    guards: true,
  });
}

/** A compiled module as JSON in UTF-8, for another worker. @throws CompileError */
export function compiledText(message: CompileMessage): ArrayBuffer {
  const { code, links, suspends } = compileSource(message);
  return new TextEncoder().encode(JSON.stringify({ code, links, suspends })).buffer as ArrayBuffer;
}

/** The module of such a text. Positions and functions are rarely asked for: then its source is compiled. */
export function readCompiled(data: ArrayBuffer, compile: () => CompiledModule): CompiledModule {
  let compiled: CompiledModule | undefined;
  const whole = (): CompiledModule => (compiled ??= compile());
  return {
    ...(JSON.parse(new TextDecoder().decode(data)) as Pick<CompiledModule, 'code' | 'links' | 'suspends'>),
    originalPosition: (position) => whole().originalPosition(position),
    functionSources: () => whole().functionSources(),
    functionOrigins: () => whole().functionOrigins(),
  };
}
