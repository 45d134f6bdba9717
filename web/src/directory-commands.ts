/** Which commands mean something in the directory. */

import { directory } from "./directory-place.ts";
import type { Command } from "./keys.ts";

/** What can be done in the directory, where no conversation is on the screen. */
const IN_DIRECTORY: readonly Command[] = [
  ...(["next", "previous", "open", "back", "reply", "search", "palette", "new", "directory", "new-patient"] as const),
  ...(["groups", "duplicates", "export-directory", "broadcasts"] as const),
  ...(["mentions", "shift", "import", "my-view", "my-views", "settings", "undo", "lock", "keys"] as const),
];
/** Everywhere else each does. */
export const isMeantHere = (command: Command) => directory.value === null || IN_DIRECTORY.includes(command);
