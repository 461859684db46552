/**
 * Copies text to the clipboard, also on `http:` pages, which have no `navigator.clipboard`.
 * @throws Error if the browser refuses to copy
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const write = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('copy', write, { capture: true });
  try {
    if (!document.execCommand('copy'))
      throw new Error('The browser did not allow this page to write to the clipboard.');
  } finally {
    removeEventListener('copy', write, { capture: true });
  }
}
