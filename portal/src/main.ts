/** Makes the pages live. Nothing here is needed to read or to answer. */

import "./styles.css";
import { goLive } from "./live.ts";
import { look } from "./looking.ts";
import { paper } from "./page.ts";

/** Whether this browser can tell what is on screen; one that cannot leaves that to the answers of its forms. */
const canSee = "IntersectionObserver" in window && "WebSocket" in window && "fetch" in window;

function mark(form: HTMLFormElement): void {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "script";
  field.value = "1";
  form.append(field);
}

// A page that comes back from the browser's memory may show what its session no longer may.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

if (canSee) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/m/open"], form[action="/m/check"]')) {
    mark(form);
  }
}

if (canSee && document.getElementById("thread")) goLive();
if (canSee && paper) look(paper);
