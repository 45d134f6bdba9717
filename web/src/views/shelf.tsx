/** What is put away while the screens are covered, with the words that were typed in it, and is out of the document. */

import { type ComponentChildren, render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Its children are drawn apart, so that they live on while their place in the document is empty. */
export function Shelf({ isAway, children }: { isAway: boolean; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const [shelf] = useState(() => document.createElement("div"));
  useLayoutEffect(() => {
    if (isAway) return shelf.remove();
    place.current?.append(shelf);
    // A dialog that has left the document is no longer over the others.
    for (const dialog of shelf.querySelectorAll("dialog")) {
      dialog.removeAttribute("open");
      dialog.showModal();
    }
  }, [isAway]);
  useLayoutEffect(() => render(children, shelf));
  useEffect(() => () => render(null, shelf), []);
  return <div ref={place} />;
}
