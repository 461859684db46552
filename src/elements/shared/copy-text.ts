/**
 * Copies text to the clipboard, also in a page of `http:`, where browsers do not offer `navigator.clipboard`.
 * @throws Error when the browser does not let the page copy
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
    if (!document.execCommand('copy')) throw new Error('The browser does not let this page copy to the clipboard.');
  } finally {
    removeEventListener('copy', write, { capture: true });
  }
}
