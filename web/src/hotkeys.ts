/** From key presses to commands. */

import { run } from "./commands.ts";
import { commandOf, isField } from "./keys.ts";
import { singles } from "./singles.ts";
import { covered, dialog } from "./store.ts";

/** A button, link or disclosure with the focus takes its own Enter. */
function isOwnEnter(event: KeyboardEvent): boolean {
  return (
    event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary") !== null
  );
}

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isOwnEnter(event)) return;
    const inDialog = dialog.value !== null || covered.value;
    const command = commandOf(event, { inField: isField(event.target), inDialog, singles: singles.value });
    if (!command) return;
    event.preventDefault();
    run(command, event.key);
  });
}
