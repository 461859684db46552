/** Names of globals that a worker has with its document. */
export const documentName = /^(?:document|customElements|(?:HTML|SVG)\w*Element)$/;
/** One of them in the text of a module, which is no property and no text. */
const mention = /(?<![\w$.'"`-])(?:document|customElements|(?:HTML|SVG)\w*Element)\b(?!['"`:-])/;

export const mentionsDocument = (source: string): boolean => mention.test(source);
