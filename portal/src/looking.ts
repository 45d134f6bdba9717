/** The page of a document: it has been looked at once a page of it, or its words, were on screen for a second. */

import { ask } from "./ask.ts";
import { Viewed } from "./viewed.ts";

export function look(paper: HTMLElement): void {
  const viewed = new Viewed(() => ask(`/m/documents/${paper.dataset.document}/viewed`, {}));
  for (const part of paper.querySelectorAll<HTMLElement>(".page, .words")) {
    part.dataset.new = "";
    const watch = () => viewed.watch([part]);
    // A picture that is not here yet, or never comes, shows nothing.
    if (part instanceof HTMLImageElement && part.naturalWidth === 0) part.addEventListener("load", watch);
    else watch();
  }
}
