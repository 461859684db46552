import type { KernelReply } from '../../../src/protocol/endpoint/worker-endpoint.js';
import { expandPreview, parseHandle } from '../../../src/protocol/previews/expand-preview.js';
import { makePreview } from '../../../src/protocol/previews/make-preview.js';
import type { PreviewOptions } from '../../../src/protocol/previews/options.js';
import type { Preview } from '../../../src/protocol/previews/preview.js';
import { intrinsics } from '../realm/intrinsics.js';
import { HandleTable, ShownGetter } from './handle-table.js';

const { apply } = Reflect;

/** Values that previews have shown, and that may be expanded. */
export class ShownValues {
  readonly handles: Required<Pick<PreviewOptions, 'handleFor' | 'handleForGetter'>> = {
    handleFor: (object) => this.#table.handleFor(object),
    handleForGetter: (receiver, getter) => this.#table.handleFor(new ShownGetter(receiver, getter)),
  };
  readonly #table = new HandleTable();

  expand(handle: string, codec: PreviewOptions, reply: KernelReply<Preview>): void {
    const target = parseHandle(handle);
    const object = this.#table.get(target.handle);
    if (object === undefined)
      reply.fail('ExpiredPreviewError', 'This value was shown too long ago to be expanded. Run the code again.');
    else if (ShownGetter.is(object)) reply.succeed(previewOf(object, codec));
    else reply.succeed(expandPreview(object, codec, target.range));
  }
}

/** Runs a getter, without a context, and previews its value or the error that it throws. */
function previewOf({ receiver, getter }: ShownGetter, codec: PreviewOptions): Preview {
  try {
    return makePreview(
      intrinsics.runOutside(() => apply(getter, receiver, [])),
      codec,
    );
  } catch (error) {
    return makePreview(error, codec);
  }
}
