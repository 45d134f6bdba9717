/** "Leave this page": the session ends, and the page makes room for the clinic's public one, with no way back to it. */

import { csrf } from "./page.ts";

export function watchExit(): void {
  const exit = document.getElementById("exit") as HTMLAnchorElement | null;
  exit?.addEventListener("click", (event) => {
    event.preventDefault();
    window.onbeforeunload = null;
    // It arrives although the page goes at once.
    navigator.sendBeacon("/m/sign-out", new URLSearchParams({ csrf: csrf() }));
    document.body.replaceChildren();
    location.replace(exit.href);
  });
}
