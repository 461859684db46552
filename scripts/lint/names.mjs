import path from 'node:path';

/** @import { Rule } from './import-direction.mjs' */

const vague = /^(?:helpers?|utils?|utilities|misc|common|stuff|manager)$/i;

/** The words of a name, in camel, snake or kebab case. */
const wordsOf = (/** @type {string} */ name) => name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/);

/** @param {string} name */
export const vagueWord = (name) => wordsOf(name).find((word) => vague.test(word));

/**
 * The name of a file, class, type or function says what it is.
 *
 * @type {Rule}
 */
export const noVagueNames = {
  create(context) {
    const check = (/** @type {any} */ node) => {
      const word = node.id?.name && vagueWord(node.id.name);
      if (word) context.report({ node: node.id, message: `"${word}" says nothing: name it after what it is or does.` });
    };
    return {
      Program(node) {
        const word = vagueWord(path.basename(context.filename));
        if (word) context.report({ node, message: `A file named "${word}" says nothing: name it after its one idea.` });
      },
      ClassDeclaration: check,
      FunctionDeclaration: check,
      TSInterfaceDeclaration: check,
      TSTypeAliasDeclaration: check,
    };
  },
};

/**
 * An enum is code that a type checker makes; a union of literals says the same.
 *
 * @type {Rule}
 */
export const noEnum = {
  create(context) {
    return {
      TSEnumDeclaration: (node) =>
        context.report({ node, message: 'Use a union of string literals instead of an enum.' }),
    };
  },
};
