import { compileModule } from '../../../src/compiler/index.js';
import type { CompiledModule, FunctionOrigin } from '../../../src/compiler/types.js';
import { joinBytes } from '../../../src/protocol/codec/join-bytes.js';
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

/** A part of a text by its start and length, or a text of its own. */
type Part = readonly [start: number, length: number] | string;

/** A function by its text in the code, with its text in the source. */
type FunctionPart = readonly [own: Part, source: Part, facts: object, members: readonly Part[] | undefined];

/** What linking takes. */
interface Opening extends Pick<CompiledModule, 'links' | 'suspends'> {
  /** Comments that stand before each source of a function in its facts. */
  readonly pragmas: string;
  /** Bytes of each part that follows. */
  readonly lengths: readonly number[];
}

/** Digits of the number of bytes of the opening, which stand before it. */
const digits = 8;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A compiled module in UTF-8, for another worker: an `Opening`, then its code, its source, and what is known of its functions, with
 * texts as parts of these two.
 * @throws CompileError
 */
export function compiledText(message: CompileMessage): ArrayBuffer {
  const { source } = message;
  const { code, links, suspends, functionSources, functionOrigins } = compileSource(message);
  const sources = functionSources();
  const [inCode, inSource, ofMember] = [code, source, source].map(partsOf) as [PartOf, PartOf, PartOf];
  let pragmas = '';
  const functions = Array.from(functionOrigins(), ([text, { source: written, members, ...facts }]): FunctionPart => {
    const original = sources.get(text) ?? text;
    pragmas = written.slice(0, -original.length);
    return [
      inCode(text),
      inSource(original),
      facts,
      members && Array.from(members, (one) => ofMember(one.slice(pragmas.length))),
    ];
  });
  const parts = [code, source, JSON.stringify(functions)].map((part) => encoder.encode(part));
  const opening: Opening = { links, suspends, pragmas, lengths: parts.map(({ length }) => length) };
  const first = encoder.encode(JSON.stringify(opening));
  return joinBytes([encoder.encode(String(first.length).padStart(digits)), first, ...parts]);
}

type PartOf = (text: string) => Part;

/** Finds parts of a text, which come in the order of the text. What does not is a text of its own. */
function partsOf(whole: string): PartOf {
  let from = 0;
  return (text) => {
    const start = whole.indexOf(text, from);
    if (start < 0) return text;
    from = start;
    return [start, text.length];
  };
}

const textsIn =
  (whole: string) =>
  (part: Part): string =>
    typeof part === 'string' ? part : whole.slice(part[0], part[0] + part[1]);

/** The module of such a text, and its source. Positions are rarely asked for: then the source is compiled. */
export function readCompiled(
  data: ArrayBuffer,
  compile: (source: string) => CompiledModule,
): CompiledModule & { sourceOf(): string } {
  let at = 0;
  const next = (length: number): (() => string) => {
    const bytes = new Uint8Array(data, at, length);
    at += length;
    return () => decoder.decode(bytes);
  };
  const { lengths, pragmas, ...linking } = JSON.parse(next(Number(next(digits)()))()) as Opening;
  const [codeOf, sourceOf, functionsOf] = lengths.map(next) as [() => string, () => string, () => string];
  const code = codeOf();
  const map = <Fact>(read: (source: string, facts: object, members?: readonly string[]) => Fact): Map<string, Fact> => {
    const inCode = textsIn(code);
    const inSource = textsIn(sourceOf());
    return new Map(
      (JSON.parse(functionsOf()) as FunctionPart[]).map(([own, source, facts, members]) => [
        inCode(own),
        read(inSource(source), facts, members?.map(inSource)),
      ]),
    );
  };
  let compiled: CompiledModule | undefined;
  return {
    ...linking,
    code,
    sourceOf,
    originalPosition: (position) => (compiled ??= compile(sourceOf())).originalPosition(position),
    functionSources: () => map((source) => source),
    functionOrigins: () =>
      map((source, facts, members) => ({
        ...(facts as FunctionOrigin),
        source: pragmas + source,
        ...(members && { members: new Set(members.map((one) => pragmas + one)) }),
      })),
  };
}
