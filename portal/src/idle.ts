/** A session ends after some minutes without an act of the person; two minutes before, the page says so. */

import { ask } from "./ask.ts";
import { idleSeconds, inside, leave, make, say } from "./page.ts";

const PING = 60_000;
const ALL = idleSeconds * 1000;
const WARNING = Math.min(120_000, ALL / 2);
const ACTS = ["keydown", "pointerdown", "touchstart", "scroll"];

/** Answers what to call when the page does something for the person that they wait for. */
export function watchIdle(): () => void {
  const note = make("p", `${say("idle.soon")} `, "note");
  const stay = make("button", say("idle.stay"), "plain");
  let told = Date.now();
  let acted = told;
  let warn = 0;
  let end = 0;

  function tell(): void {
    told = Date.now();
    note.remove();
    arm();
    void ask("/m/active", {});
  }

  function arm(): void {
    clearTimeout(warn);
    clearTimeout(end);
    warn = window.setTimeout(soon, ALL - WARNING);
    end = window.setTimeout(leave, ALL + 1000);
  }

  function soon(): void {
    // What was done since the last word to the server counts, so the warning may not be due yet.
    if (acted > told) return tell();
    (document.getElementById("latest") ?? inside)?.append(note);
    note.scrollIntoView({ block: "nearest" });
  }

  function act(): void {
    acted = Date.now();
    if (!note.isConnected && acted - told > PING) tell();
  }

  note.setAttribute("role", "alert");
  note.append(stay);
  stay.addEventListener("click", tell);
  for (const name of ACTS) window.addEventListener(name, act, { passive: true });
  arm();
  return act;
}
