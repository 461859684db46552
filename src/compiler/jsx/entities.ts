/**
 * The entities of XHTML, which JSX has, in the order of their characters. The number before a name is the distance to the
 * character before, where it is not 1; the first one counts from -1.
 */
const table =
  '35quot 4amp apos 21lt 2gt 98nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml 83OElig oelig 13Scaron scaron 23Yuml 26fnof 308circ 22tilde 181Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho 2Sigma Tau Upsilon Phi Chi Psi Omega 8alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega 8thetasym upsih 4piv 7212ensp emsp 6thinsp 3zwnj zwj lrm rlm 4ndash mdash 4lsquo rsquo sbquo 2ldquo rdquo bdquo 2dagger Dagger bull 4hellip 10permil 2prime Prime 6lsaquo rsaquo 4oline 6frasl 104euro 101image 7weierp 4real 6trade 19alefsym 91larr uarr rarr darr harr 33crarr 27lArr uArr rArr dArr hArr 44forall 2part exist 2empty 2nabla isin notin 2ni 4prod 2sum minus 5lowast 3radic 3prop infin 2ang 7and or cap cup int 9there4 8sim 9cong 3asymp 24ne equiv 3le ge 29sub sup nsub 2sube supe 14oplus 2otimes 14perp 32sdot 67lceil rceil lfloor rfloor 30lang rang 672loz 150spades 3clubs 2hearts diams';

let characters: Map<string, string> | undefined;

/** The text that a text with entities stands for. What is no entity of JSX stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#x?)?(\w+);/g, (entity: string, number: string | undefined, name: string) => {
    if (number === undefined) return (characters ??= readTable()).get(name) ?? entity;
    const code = number.length > 1 ? Number(`0x${name}`) : /^\d+$/.test(name) ? Number(name) : NaN;
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

function readTable(): Map<string, string> {
  let code = -1;
  return new Map(
    Array.from(table.matchAll(/(\d*)(\w+)/g), ([, distance, name]) => [
      name!,
      String.fromCharCode((code += Number(distance) || 1)),
    ]),
  );
}
