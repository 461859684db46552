/** One edit in a short name, one more for every three letters: for a hint that costs nothing if it is wrong. */
const generous = (length: number): number => Math.max(1, Math.floor(length / 3));

/**
 * The name that `name` probably misspells: the one that takes the fewest edits, and no more than `maxEdits` allows. An edit
 * inserts, deletes or replaces a letter, or swaps two neighbours. Case does not count.
 *
 * @param maxEdits of a name of this length
 */
export function nearestName(
  name: string,
  names: Iterable<string>,
  maxEdits: (length: number) => number = generous,
): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let least = maxEdits(name.length) + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Levenshtein distance with neighbouring letters that changed places counted once (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let distance = Math.min(
        at(previous, column) + 1,
        at(line, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        distance = Math.min(distance, at(beforePrevious, column - 2) + 1);
      }
      line.push(distance);
    }
    [beforePrevious, previous] = [previous, line];
  }
  return at(previous, to.length);
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Infinity;
}
