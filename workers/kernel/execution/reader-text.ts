/**
 * Engines quote the code that failed, and what ran is not what the reader wrote: `$c_s_total.value is not a function` is
 * made `total is not a function`.
 */
export function readerText(message: string): string {
  if (!message.includes('$c')) return message;
  return message
    .replace(/\(0 ?, ?(\$c\d*_[sr]_[^\s.]+(?:\.slot)?\.value)\)/g, '$1')
    .replace(/\$c\d*_[sr]_([^\s.]+)(?:\.slot)?\.value/g, '$1')
    .replace(/\(\$c\d*_0 ?, ?([^()]+)\)/g, '$1')
    .replace(/\$c\d*_arguments\b/g, 'arguments')
    .replace(/'\$c\d*_[a-z]+'/g, 'the value')
    .replace(/\$c\d*_(?:k|m)\.late\("([^"]+)"\)/g, '$1');
}
