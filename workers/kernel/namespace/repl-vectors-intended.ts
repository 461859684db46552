const kindness = 'let to const and back is allowed, since a reader runs an edited cell again';
const nothingOnGlobal = 'names of the namespace are not mirrored onto globalThis';
const strict = 'cells are strict code';
const moduleSyntax = 'imports, exports and import.meta are allowed';
const objectLiteral = 'an input that reads as an object literal is one';

/** Scenarios in which the namespace differs from Chromium's console by design, each with its reason. */
export const intendedDifferences: Readonly<Record<string, string>> = {
  const_to_let: kindness,
  let_to_const: kindness,
  destructure: kindness,
  var_var: nothingOnGlobal,
  var_on_global: nothingOnGlobal,
  var_await: nothingOnGlobal,
  fn_await_body: nothingOnGlobal,
  fn_block: `${strict}: a function in a block stays in it`,
  this_: `${strict}: \`this\` of a plain call is undefined`,
  sloppy: `${strict}: no octal literals, no with`,
  delete_let: `${strict}: a name can't be deleted`,
  await_ident_noawait: `${strict}, and await is reserved in it`,
  html_comment: `${strict} of a module: no HTML comments`,
  completion_block: objectLiteral,
  obj_lit: objectLiteral,
  empty_obj: objectLiteral,
  imp: moduleSyntax,
  imp_meta: moduleSyntax,
  exp: moduleSyntax,
  let_window: 'location is a name like any other: a worker has no page to protect',
  dollar_underscore: '$_ belongs to DevTools',
  private_name: 'private names are the class’s own',
};
