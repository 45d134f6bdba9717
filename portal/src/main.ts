/** Makes the pages live. Nothing here is needed to read or to answer. */

import "./styles.css";
import { watchExit } from "./exit.ts";
import { watchIdle } from "./idle.ts";
import { goLive } from "./live.ts";
import { look } from "./looking.ts";
import { hidden, inside, paper } from "./page.ts";

/** Whether this browser can tell what is on screen; one that cannot leaves that to the answers of its forms. */
const canSee = "IntersectionObserver" in window && "WebSocket" in window && "fetch" in window;

// A page that comes back from the browser's memory may show what its session no longer may.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

if (canSee) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/m/open"], form[action="/m/check"]')) {
    form.append(hidden("script", "1"));
  }
}

watchExit();
// The live page loads earlier messages in their place; a page of them alone would miss what is new.
const newest = document.getElementById("newest") as HTMLAnchorElement | null;
if (canSee && newest) location.replace(newest.href);
else if (canSee && document.getElementById("thread")) goLive();
else if (canSee && inside) watchIdle();
if (canSee && paper) look(paper);
