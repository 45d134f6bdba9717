/** What screen readers are told of what happens. While a dialog is open they hear nothing outside of it: it has its own. */

import { covered, said } from "../store.ts";

export function Spoken() {
  return (
    <div class="hidden" aria-live="polite">
      {covered.value ? "" : said.value}
    </div>
  );
}
