let observer: ResizeObserver | undefined;

/**
 * Lets the keyboard reach code that is wider than its block, so that it can be scrolled, for as long as it is: what has a `tabindex` of
 * the site keeps it. Call the result when the block is no longer shown.
 */
export function keepReachable(block: HTMLElement): () => void {
  if (block.hasAttribute('tabindex')) return () => undefined;
  // Observers run after layout: asking for widths then costs nothing.
  observer ??= new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  observer.observe(block);
  return () => observer?.unobserve(block);
}
