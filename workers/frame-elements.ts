/** What a component may have on its page. Anything else becomes a `span`, or is left out. */

const htmlElements =
  'a abbr address article aside audio b bdi bdo blockquote br button caption cite code col colgroup data datalist dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main mark menu meter nav ol optgroup option output p picture pre progress q rp rt ruby s samp search section select slot small source span strong style sub summary sup table tbody td textarea tfoot th thead time tr track u ul var video wbr';
const svgElements =
  'a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view';
const mathElements =
  'annotation math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics';

const allowedElements = [htmlElements, svgElements, mathElements].map((names) => new Set(names.split(' ')));
const customElement = /^[a-z][\w.]*-[\w.-]*$/;

/** The name of an element that stands for one of this name. */
export function elementName(name: unknown, namespace: number): string {
  const text = String(name);
  if (allowedElements[namespace]?.has(text) === true) return text;
  if (namespace === 0 && customElement.test(text)) return text;
  return namespace === 0 ? 'span' : namespace === 1 ? 'g' : 'mrow';
}

const refusedAttribute = /^(?:on|formaction$|action$|srcdoc$|ping$|target$|nonce$|is$|autofocus$|popover|command)/i;
const addressAttribute = /^(?:href|xlink:href|src|srcset|poster|data|background|cite)$/i;
const ownAddress = /^\s*(?:#|data:(?:image|font|audio|video)\/|blob:)/i;
const linkAddress = /^\s*(?:https?:|mailto:|tel:|[/?#.])/i;

/** Whether an element may have an attribute. A link may show where it would lead; it leads nowhere. */
export function allowsAttribute(element: string, name: string, value: string): boolean {
  if (refusedAttribute.test(name) || !/^[a-z_:][\w:.-]*$/i.test(name)) return false;
  if (!addressAttribute.test(name)) return true;
  return ownAddress.test(value) || (element === 'a' && name === 'href' && linkAddress.test(value));
}
