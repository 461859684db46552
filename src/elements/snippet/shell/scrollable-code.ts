let observer: ResizeObserver | undefined;

/**
 * Makes a block of code focusable while it overflows, so that the keyboard can scroll it. Keeps a `tabindex` set by the site. Call the
 * returned function when the block is no longer shown.
 */
export function keepReachable(block: HTMLElement): () => void {
  if (block.hasAttribute('tabindex')) return () => undefined;
  // Resize observers run after layout, so reading widths does not force one.
  observer ??= new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  observer.observe(block);
  return () => observer?.unobserve(block);
}
