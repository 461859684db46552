import type { OutputCommand } from '../src/protocol/frame/output-messages.js';

/** Runs before the document's own scripts: tells the height, and stays where a link leads away from. */
const measure = `{
  const element = document.documentElement;
  new ResizeObserver(() => parent.postMessage(Math.ceil(element.getBoundingClientRect().height), '*')).observe(element);
  addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node.localName === 'a' && node.hasAttribute('href'));
    if (link !== undefined && !link.getAttribute('href').startsWith('#')) event.preventDefault();
  });
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete window[name];
}`;

/** The document of an output. Without scripts of its own, only what measures it has the nonce to run. */
export function outputDocument(
  { html, scripts, scheme }: OutputCommand & { readonly type: 'show' },
  nonce: string,
): string {
  return pageOf(scheme, nonce, scripts ? '' : onlyOwnScripts(nonce), html);
}

/** The document of a component: empty, with the script that builds it, which is the only one that runs. */
export function componentDocument(
  { scheme }: OutputCommand & { readonly type: 'component' },
  nonce: string,
  script: string,
): string {
  return pageOf(scheme, nonce, onlyOwnScripts(nonce), `<script nonce="${nonce}">${script}</script>`);
}

const onlyOwnScripts = (nonce: string): string =>
  `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-${nonce}'; object-src 'none'">`;

function pageOf(scheme: 'light' | 'dark', nonce: string, policy: string, body: string): string {
  return (
    `<!doctype html><html><head><meta charset="utf-8">${policy}<meta http-equiv="x-dns-prefetch-control" content="off">` +
    `<meta name="referrer" content="no-referrer"><style>${styles(scheme)}</style><script nonce="${nonce}">${measure}</script></head><body>${body}`
  );
}

const styles = (scheme: 'light' | 'dark'): string => `
:root { color-scheme: ${scheme}; }
body { margin: 8px; font: 14px / 1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
body > :first-child { margin-top: 0; }
body > :last-child { margin-bottom: 0; }
img, svg { max-width: 100%; height: auto; }
pre { overflow: auto; }
code, pre { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px; }
table { border-collapse: collapse; }
th, td { padding: 2px 8px; border: 1px solid light-dark(#ccc, #555); }`;
