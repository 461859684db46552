import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzip } from 'node:zlib';

/**
 * A small static server for the built site.
 *
 * @typedef {object} ServeOptions
 * @property {string} root  Folder that is served at `base`.
 * @property {string} [base]  Path that the site lives under, with a slash at both ends. Default `/`.
 * @property {string} [csp]  Content-Security-Policy of every page but `runner.html` and `output.html`, which bring their own.
 * @property {boolean} [isolated]  Whether pages are cross-origin isolated, so that memory can be shared.
 * @property {boolean} [cors]  Whether other origins may read the files, as on a CDN.
 * @property {Record<string, string>} [mounts]  More folders, by the path that they are served at (`/dist/`).
 *
 * @typedef {{ type: string, etag: string, body: Buffer, compressed?: Buffer }} StaticFile
 */

const compress = promisify(gzip);

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const compressible = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** As the bundler names files after their content. */
const hashedName = /-[\w-]{8}\.\w+$/;

/**
 * The file that a path of a request names, or `undefined` where it leads out of every folder that is served.
 *
 * @param {string} pathname  Still percent-encoded.
 * @param {ServeOptions} options
 */
export function resolveFile(pathname, { root, base = '/', mounts = {} }) {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const folders = Object.entries({ ...mounts, [base]: root }).sort(([a], [b]) => b.length - a.length);
  for (const [prefix, folder] of folders) {
    if (!decoded.startsWith(prefix)) continue;
    const file = path.join(folder, decoded.slice(prefix.length));
    const inside = path.relative(folder, file);
    if (inside.startsWith('..') || path.isAbsolute(inside)) return undefined;
    return decoded.endsWith('/') ? path.join(file, 'index.html') : file;
  }
  return undefined;
}

/** @param {ServeOptions} options */
export function createStaticServer(options) {
  /** @type {Map<string, { modified: number, file: StaticFile }>} */
  const cache = new Map();

  /** @param {string} name @returns {Promise<StaticFile | undefined>} */
  async function load(name) {
    const found = await stat(name).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const known = cache.get(name);
    if (known?.modified === found.mtimeMs) return known.file;
    const body = await readFile(name);
    const type = types[path.extname(name)] ?? 'application/octet-stream';
    const file = { type, etag: `"${createHash('sha256').update(body).digest('base64url')}"`, body };
    cache.set(name, { modified: found.mtimeMs, file });
    return file;
  }

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function respond(request, response) {
    const [pathname = '/', query] = (request.url ?? '/').split('?', 2);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const name = resolveFile(pathname, options);
    const file = name && (await load(name));
    if (!file) {
      if (name && (await load(path.join(name, 'index.html')))) {
        response.writeHead(308, { location: `${pathname}/${query === undefined ? '' : `?${query}`}` }).end();
        return;
      }
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end(`Nothing at ${pathname}\n`);
      return;
    }

    response.setHeader('content-type', file.type);
    response.setHeader('etag', file.etag);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', hashedName.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (options.cors) response.setHeader('access-control-allow-origin', '*');
    if (options.isolated) {
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
      response.setHeader('cross-origin-resource-policy', 'cross-origin');
    }
    const isPage = file.type.startsWith('text/html') && !/\/(?:runner|output)\.html$/.test(pathname);
    if (options.csp && isPage) response.setHeader('content-security-policy', options.csp);
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304).end();
      return;
    }
    let { body } = file;
    if (compressible.test(file.type)) {
      response.setHeader('vary', 'accept-encoding');
      if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
        body = file.compressed ??= await compress(body);
        response.setHeader('content-encoding', 'gzip');
      }
    }
    response.setHeader('content-length', body.length);
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  return createServer((request, response) => {
    respond(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

/**
 * Serves until SIGINT or SIGTERM, and says where.
 *
 * @param {ServeOptions & { port: number, host: string }} options  A port of 0 takes any that is free.
 */
export async function serve({ port, host, ...options }) {
  const server = createStaticServer(options);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken; choose another with --port.`, { cause: error });
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(
    `Serving http://${host === '127.0.0.1' ? 'localhost' : host}:${address.port}${options.base ?? '/'}  (Ctrl+C stops it)`,
  );
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

/**
 * Reads the options of the command line; a mount is `/path/=folder`.
 *
 * @param {string[]} args
 * @returns {ServeOptions & { port: number, host: string }}
 */
export function parseServeOptions(args) {
  const {
    values: { root, port, host, base, csp, cors, isolated, mount },
  } = parseArgs({
    args,
    options: {
      root: { type: 'string', default: fileURLToPath(new URL('../site', import.meta.url)) },
      port: { type: 'string', default: '4173' },
      host: { type: 'string', default: '127.0.0.1' },
      base: { type: 'string', default: '/' },
      csp: { type: 'string' },
      cors: { type: 'boolean', default: false },
      isolated: { type: 'boolean', default: false },
      mount: { type: 'string', multiple: true, default: [] },
    },
  });
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${port}".`);
  }
  if (!base.startsWith('/') || !base.endsWith('/'))
    throw new Error(`--base starts and ends with a slash, unlike "${base}".`);
  const mounts = Object.fromEntries(
    mount.map((entry) => {
      const [prefix, folder] = entry.split('=');
      if (!prefix || !folder) throw new Error(`--mount takes /path/=folder, not "${entry}".`);
      return [prefix, path.resolve(folder)];
    }),
  );
  return {
    root: path.resolve(root),
    port: number,
    host,
    base,
    cors,
    isolated,
    mounts,
    ...(csp === undefined ? {} : { csp }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await serve(parseServeOptions(process.argv.slice(2)));
