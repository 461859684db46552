/** Words that say nothing of what a tool does. `my` and `me` stay: they tell of the authenticated user. */
const stopWords: ReadonlySet<string> = new Set(
  'a an and are as at be by can do for from how i if in into is it its of on or so some that the then there this to want was what when which will with you'.split(
    ' ',
  ),
);

/** Words that mean the same for a tool, each with the one that stands for it. */
const synonyms: ReadonlyMap<string, string> = new Map(
  [
    'create add make new open post insert write',
    'delete remove drop destroy erase cancel',
    'update change edit modify set patch rename put',
    'get read fetch show retrieve view load',
    'list all every many browse enumerate',
    'search find query look lookup filter',
    'send deliver submit',
    'user account member person people my me authenticated',
    'repo repository repositories',
    'pull pr',
    'comment note remark reply',
    'picture image photo',
    'price cost amount fee',
    'customer client buyer',
    'invoice bill',
    'weather forecast',
    'run execute start trigger launch boot',
    'assign give responsible delegate',
    'event meeting appointment',
    'stop halt abort end',
    'org organization organisation',
  ].flatMap((line) => {
    const [first = '', ...others] = line.split(' ').map(stem);
    return others.map((word) => [word, first] as const);
  }),
);

/** Words of a text in the form in which they are compared: split at camel case, lower case, stemmed. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !stopWords.has(word))
    .map(stem);
}

/** The word that stands for its meaning. */
export function meaningOf(word: string): string {
  return synonyms.get(word) ?? word;
}

/** The stem of an English word, roughly: enough for plurals, and for forms of verbs. */
function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  for (const ending of ['ations', 'ation', 'ings', 'ing', 'ers', 'er', 'ed', 'es', 's']) {
    const rest = word.slice(0, -ending.length);
    if (!word.endsWith(ending) || rest.length < 3) continue;
    if (ending === 's' && word.endsWith('ss')) return word;
    return rest.endsWith('e') ? rest.slice(0, -1) : rest;
  }
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}
