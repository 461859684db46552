/** Milliseconds after a press of Tab within which focus may come by the keyboard. */
const tabTime = 500;

/**
 * Notices a frame whose script took the focus from a field, where a reader would type into the frame unawares, and gives it back. Focus
 * that the reader moved, by pointer or by Tab, stays. Returns what ends the guard.
 *
 * @param onTaken called before the focus goes back; remove the frame in it
 */
export function guardFocus(frame: HTMLIFrameElement, onTaken: () => void): () => void {
  const guarding = new AbortController();
  const options = { signal: guarding.signal, capture: true };
  let tabbedAt = -Infinity;
  let last: EventTarget | undefined;
  const onBlur = (time: number): void => {
    const { activeElement } = frame.getRootNode() as Document | ShadowRoot;
    const field = last;
    if (activeElement !== frame || !isField(field) || frame.matches(':hover') || time - tabbedAt < tabTime) return;
    onTaken();
    field.focus();
  };
  addEventListener('keydown', ({ key, timeStamp }) => key === 'Tab' && (tabbedAt = timeStamp), options);
  addEventListener('focusin', (event) => (last = event.composedPath()[0]), options);
  // The frame is the active element only after the event.
  addEventListener(
    'blur',
    ({ target, timeStamp }) => target === window && setTimeout(() => onBlur(timeStamp)),
    options,
  );
  return () => guarding.abort();
}

function isField(target: EventTarget | undefined): target is HTMLElement {
  return target instanceof HTMLElement && (target.matches('input, textarea') || target.isContentEditable);
}
