/** Tells that code asked for something that only a layout has; set where the worker's document is made. */
export const missing: { tell(what: string): void } = { tell: () => undefined };

const told = new Set<string>();

/** What an element measures here: nothing. Told once for each method, since code would draw nonsense of it. */
export function noLayout(method: string, element: { readonly localName: string }): object {
  if (!told.has(method)) {
    told.add(method);
    missing.tell(
      `${method} of <${element.localName}> gives zeros: components have no layout in the worker. Give sizes yourself, or show code that measures with display.html, where it runs in the page of the output.`,
    );
  }
  return { x: 0, y: 0, width: 0, height: 0, top: 0, left: 0, right: 0, bottom: 0, toJSON: () => ({}) };
}

/** @throws TypeError that says where it works */
export function needsPage(what: string): never {
  throw new TypeError(
    `${what} needs a page, which components do not have in the worker. Use display.html, whose scripts run in the page of the output.`,
  );
}
