import type { OutputCommand, OutputReport } from '../src/protocol/frame/output-messages.js';
import { componentDocument, outputDocument } from './output-document.js';

/**
 * The script of the frame around an output. Code's HTML stands in a frame inside it, where this page's `frame-src 'none'` keeps it
 * from going elsewhere: no policy of its own could. What speaks with the host is the port, which the inner frame never sees.
 */
addEventListener('message', function init({ source, ports: [port] }: MessageEvent): void {
  if (source !== parent || port === undefined) return;
  removeEventListener('message', init);
  const tell = (report: OutputReport): void => port.postMessage(report);
  let inner: HTMLIFrameElement | undefined;
  let height = -1;
  let isScheduled = false;
  port.onmessage = ({ data, ports: [toComponent] }: MessageEvent<OutputCommand>) => {
    if (data.type === 'ping') {
      tell({ type: 'pong', count: data.count });
      return;
    }
    inner?.remove();
    inner = document.createElement('iframe');
    inner.setAttribute('sandbox', 'allow-scripts');
    inner.title = 'Output';
    const nonce = crypto.getRandomValues(new Uint32Array(4)).join('-');
    if (data.type === 'show') inner.srcdoc = outputDocument(data, nonce);
    else {
      inner.srcdoc = componentDocument(data, nonce, data.script ?? componentScript());
      const shown = inner;
      inner.addEventListener('load', () => shown.contentWindow?.postMessage('component', '*', [toComponent!]), {
        once: true,
      });
    }
    document.body.append(inner);
  };
  addEventListener('message', ({ source: from, data }) => {
    if (inner === undefined || from !== inner.contentWindow || typeof data !== 'number' || data === height) return;
    height = data;
    if (isScheduled) return;
    isScheduled = true;
    // At most once a picture, however often the document says it.
    requestAnimationFrame(() => {
      isScheduled = false;
      tell({ type: 'height', height });
    });
  });
});

/** The build puts the script of components beside this one, as data. */
function componentScript(): string {
  return JSON.parse(document.querySelector('#component')!.textContent) as string;
}
