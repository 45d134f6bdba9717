/** That a broadcast, or a message that may be part of one, came further, for whoever watches. */

import { signal } from "@preact/signals";
import { seldom } from "./seldom.ts";

/** How often something was heard; once a second at the most. */
export const heard = signal(0);

export const hear = seldom(() => {
  heard.value += 1;
});
