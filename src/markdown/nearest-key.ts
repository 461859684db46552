/** The key that a word probably misspells, by one letter, or two in a long key. Undefined if no key is so near. */
export function nearestKey(word: string, keys: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const key of keys) {
    const allowed = key.length < 4 ? 0 : key.length < 8 ? 1 : 2;
    if (Math.abs(word.length - key.length) > allowed) continue;
    const distance = editDistance(word.toLowerCase(), key);
    if (distance > allowed || distance >= least) continue;
    nearest = key;
    least = distance;
  }
  return nearest;
}

/** Levenshtein distance: the number of letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
