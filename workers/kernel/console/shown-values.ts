import { apply } from '../../../src/context/pristine-built-ins.js';
import type { KernelReply } from '../../../src/protocol/endpoint/worker-endpoint.js';
import { expandPreview, parseHandle } from '../../../src/protocol/previews/expand-preview.js';
import { makePreview } from '../../../src/protocol/previews/make-preview.js';
import type { MemberRange } from '../../../src/protocol/previews/members.js';
import type { PreviewOptions } from '../../../src/protocol/previews/options.js';
import type { Preview } from '../../../src/protocol/previews/preview.js';
import { intrinsics } from '../realm/intrinsics.js';
import { HandleTable, ShownGetter } from './handle-table.js';

/** Values that previews have shown, and that may be expanded. */
export class ShownValues {
  readonly handles: Required<Pick<PreviewOptions, 'handleFor' | 'handleForGetter'>> = {
    handleFor: (object) => this.#table.handleFor(object),
    handleForGetter: (receiver, getter) => this.#table.handleFor(new ShownGetter(receiver, getter)),
  };
  readonly #table = new HandleTable();

  expand(handle: string, codec: PreviewOptions, reply: KernelReply<Preview>): void {
    this.#find(handle, reply, (shown, range) =>
      reply.succeed(ShownGetter.is(shown) ? previewOf(shown, codec) : expandPreview(shown, codec, range)),
    );
  }

  /** @param bind binds the value to a name, which it returns */
  store(handle: string, reply: KernelReply<string>, bind: (value: object) => string): void {
    this.#find(handle, reply, (shown) => {
      if (ShownGetter.is(shown)) reply.fail('TypeError', 'The getter has not been read.');
      else reply.succeed(bind(shown));
    });
  }

  #find(
    handle: string,
    reply: Pick<KernelReply<unknown>, 'fail'>,
    found: (shown: object, range: MemberRange | undefined) => void,
  ): void {
    const target = parseHandle(handle);
    const shown = this.#table.get(target.handle);
    if (shown !== undefined) found(shown, target.range);
    else reply.fail('ExpiredPreviewError', 'This value was shown too long ago. Run the code again.');
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
