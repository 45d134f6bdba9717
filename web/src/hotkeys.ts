/** From key presses to commands. */

import { run } from "./commands.ts";
import { commandOf, isField, isG } from "./keys.ts";
import { singles } from "./singles.ts";
import { covered, dialog } from "./store.ts";

/** A button, link or disclosure with the focus takes its own Enter. */
function isOwnEnter(event: KeyboardEvent): boolean {
  return (
    event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary") !== null
  );
}

const SECOND_KEY_WITHIN = 1_500;
let pressedG = Number.NEGATIVE_INFINITY;

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.key === "Shift" || isOwnEnter(event)) return;
    const inDialog = dialog.value !== null || covered.value;
    const focus = { inField: isField(event.target), inDialog, singles: singles.value };
    const afterG = event.timeStamp - pressedG < SECOND_KEY_WITHIN;
    pressedG = !afterG && isG(event, focus) ? event.timeStamp : Number.NEGATIVE_INFINITY;
    const command = commandOf(event, { ...focus, afterG });
    if (!command) return;
    event.preventDefault();
    run(command, event.key);
  });
}
