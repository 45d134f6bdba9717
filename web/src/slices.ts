/** Much that comes at once is taken in by parts, between which the page can answer a hand. */

/** So many take a few milliseconds; a hundred and what is drawn for them took more than a frame may. */
const SLICE = 20;

/** The same act, for what comes in parts and in order. Where nobody looks there is nothing to wait for. */
export function inSlices<T>(act: (part: T[]) => void): (more: readonly T[]) => void {
  let waiting: readonly T[] = [];
  let isDue = false;
  const next = () => {
    const many = document.visibilityState === "visible" ? SLICE : waiting.length;
    const part = waiting.slice(0, many);
    waiting = waiting.slice(many);
    isDue = waiting.length > 0;
    // Before the act: what goes wrong in one part must not keep the others back.
    if (isDue) setTimeout(next, 0);
    act(part);
  };
  return (more) => {
    waiting = [...waiting, ...more];
    if (!isDue) next();
  };
}
