/** What a screen asks again when it hears something is not asked for every single thing that it hears. */

const EVERY = 1_000;

/** The same act, once a second at the most; what comes meanwhile is done at the end of that second. */
export function seldom(act: () => void): () => void {
  let last = 0;
  let soon: ReturnType<typeof setTimeout> | null = null;
  return () => {
    if (soon) return;
    soon = setTimeout(
      () => {
        soon = null;
        last = Date.now();
        act();
      },
      Math.max(0, last + EVERY - Date.now()),
    );
  };
}
