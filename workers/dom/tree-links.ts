/** A node among its relatives. */
interface Linked<N> {
  parentNode: N | null;
  previousSibling: N | null;
  nextSibling: N | null;
  firstChild: N | null;
  lastChild: N | null;
}

/** Takes a node from its place. */
export function unlink<N extends Linked<N>>(node: N): void {
  const { parentNode: parent, previousSibling: previous, nextSibling: next } = node;
  if (parent === null) return;
  if (previous === null) parent.firstChild = next;
  else previous.nextSibling = next;
  if (next === null) parent.lastChild = previous;
  else next.previousSibling = previous;
  node.parentNode = node.previousSibling = node.nextSibling = null;
}

/** Puts a node that has no place under a parent, before another child or at the end. */
export function link<N extends Linked<N>>(node: N, parent: N, before: N | null): void {
  const previous = before === null ? parent.lastChild : before.previousSibling;
  node.parentNode = parent;
  node.nextSibling = before;
  node.previousSibling = previous;
  if (previous === null) parent.firstChild = node;
  else previous.nextSibling = node;
  if (before === null) parent.lastChild = node;
  else before.previousSibling = node;
}

/** How a node stands to another, as `compareDocumentPosition` tells it. */
export function positionOf<N extends Linked<N>>(node: N, other: N): number {
  if (other === node) return 0;
  const ours = pathOf(node);
  const theirs = pathOf(other);
  if (ours[0] !== theirs[0]) return 1 | 32 | 4;
  if (theirs.includes(node)) return 16 | 4;
  if (ours.includes(other)) return 8 | 2;
  const at = ours.findIndex((one, index) => one !== theirs[index]);
  for (let next = ours[at]!.nextSibling; next !== null; next = next.nextSibling) if (next === theirs[at]) return 4;
  return 2;
}

function pathOf<N extends Linked<N>>(node: N): N[] {
  const path: N[] = [];
  for (let at: N | null = node; at !== null; at = at.parentNode) path.unshift(at);
  return path;
}
