/** The keyboard map (single keys work while no field has the focus) and which command a key press means. */

export type Command =
  | "next"
  | "previous"
  | "open"
  | "back"
  | "reply"
  | "note"
  | "go-inbox"
  | "go-unassigned"
  | "go-waiting"
  | "more"
  | "mentions"
  | "shift"
  | "import"
  | "groups"
  | "directory"
  | "new-patient"
  | "broadcasts"
  | "duplicates"
  | "export-directory"
  | "settings"
  | "tag"
  | "new"
  | "done"
  | "assign"
  | "claim"
  | "hand-over"
  | "priority"
  | "snooze"
  | "unread"
  | "select"
  | "search"
  | "palette"
  | "previous-team"
  | "next-team"
  | "panel"
  | "secure"
  | "plain"
  | "undo"
  | "later"
  | "unlock"
  | "other-way"
  | "attach"
  | "lock"
  | "filter"
  | "save-view"
  | "my-view"
  | "my-views"
  | "keys";

export interface Key {
  command: Command;
  /**
   * As `KeyboardEvent.key`, lower case; with "alt+" where that is held, "shift+" and "mod+" (Ctrl or ⌘) where they matter.
   * "g i" is one after the other.
   */
  presses: readonly string[];
  shown: string;
  words: string;
  group: "Go" | "Conversation" | "Writing";
}

export const KEYS: readonly Key[] = [
  { command: "next", presses: ["j"], shown: "J", words: "Next conversation", group: "Go" },
  { command: "previous", presses: ["k"], shown: "K", words: "Previous conversation", group: "Go" },
  { command: "open", presses: ["enter", "o"], shown: "Enter or O", words: "Open it", group: "Go" },
  { command: "back", presses: ["escape"], shown: "Esc", words: "Back to the list", group: "Go" },
  { command: "search", presses: ["/"], shown: "/", words: "Search patients and messages", group: "Go" },
  { command: "palette", presses: ["mod+k"], shown: "Ctrl K", words: "All commands, teams and lists", group: "Go" },
  { command: "go-inbox", presses: ["g i"], shown: "G I", words: "Go to what needs a reply", group: "Go" },
  { command: "go-unassigned", presses: ["g u"], shown: "G U", words: "Go to what is nobody’s", group: "Go" },
  { command: "go-waiting", presses: ["g w"], shown: "G W", words: "Go to what waits on the patient", group: "Go" },
  { command: "previous-team", presses: ["["], shown: "[", words: "Previous team", group: "Go" },
  { command: "next-team", presses: ["]"], shown: "]", words: "Next team", group: "Go" },
  { command: "filter", presses: ["f"], shown: "F", words: "Filter the list", group: "Go" },
  { command: "save-view", presses: ["v"], shown: "V", words: "Save the list as one of my views", group: "Go" },
  { command: "my-views", presses: ["shift+v"], shown: "Shift V", words: "My views: rename, remove", group: "Go" },
  {
    command: "my-view",
    presses: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    shown: "1 to 9",
    words: "Show one of my views",
    group: "Go",
  },
  { command: "mentions", presses: ["m", "g m"], shown: "M or G M", words: "Where you were mentioned", group: "Go" },
  { command: "shift", presses: ["shift+h"], shown: "Shift H", words: "End of my shift", group: "Go" },
  {
    command: "directory",
    presses: ["shift+d", "g d"],
    shown: "Shift D or G D",
    words: "Directory of patients and coworkers",
    group: "Go",
  },
  {
    command: "new-patient",
    presses: ["shift+n"],
    shown: "Shift N",
    words: "Add a patient to the directory",
    group: "Go",
  },
  { command: "broadcasts", presses: ["shift+b", "g b"], shown: "Shift B or G B", words: "Broadcasts", group: "Go" },
  { command: "import", presses: ["shift+i"], shown: "Shift I", words: "Import patients", group: "Go" },
  { command: "groups", presses: ["shift+g"], shown: "Shift G", words: "Groups of patients", group: "Go" },
  { command: "duplicates", presses: ["shift+m"], shown: "Shift M", words: "Possible duplicates", group: "Go" },
  { command: "export-directory", presses: ["shift+e"], shown: "Shift E", words: "Export the directory", group: "Go" },
  { command: "settings", presses: ["g s"], shown: "G S", words: "Settings, in your menu", group: "Go" },
  { command: "reply", presses: ["r"], shown: "R", words: "Reply", group: "Conversation" },
  { command: "note", presses: ["n"], shown: "N", words: "Write a note for the team", group: "Conversation" },
  { command: "done", presses: ["e"], shown: "E", words: "Done, or reopen", group: "Conversation" },
  { command: "claim", presses: ["a"], shown: "A", words: "Claim, or give back", group: "Conversation" },
  { command: "assign", presses: ["shift+a"], shown: "Shift A", words: "Assign to somebody", group: "Conversation" },
  { command: "hand-over", presses: ["h"], shown: "H", words: "Hand over with a note", group: "Conversation" },
  { command: "snooze", presses: ["s"], shown: "S", words: "Snooze, or bring back", group: "Conversation" },
  { command: "priority", presses: ["!"], shown: "!", words: "Priority, or none", group: "Conversation" },
  { command: "tag", presses: ["t"], shown: "T", words: "Tags of the conversation", group: "Conversation" },
  { command: "select", presses: ["x"], shown: "X", words: "Select, for several at once", group: "Conversation" },
  { command: "unread", presses: ["u"], shown: "U", words: "Mark as unread", group: "Conversation" },
  { command: "more", presses: ["."], shown: ".", words: "More for this conversation", group: "Conversation" },
  { command: "panel", presses: ["p"], shown: "P", words: "Show or hide the patient", group: "Conversation" },
  {
    command: "unlock",
    presses: ["i"],
    shown: "I",
    words: "Go to “Unlock”, if a patient is locked out",
    group: "Conversation",
  },
  {
    command: "other-way",
    presses: ["w"],
    shown: "W",
    words: "Use the other way, where a message did not arrive",
    group: "Conversation",
  },
  { command: "new", presses: ["c"], shown: "C", words: "New conversation", group: "Conversation" },
  { command: "secure", presses: ["alt+s"], shown: "Alt S", words: "Write privately", group: "Writing" },
  { command: "plain", presses: ["alt+p"], shown: "Alt P", words: "Write a plain text", group: "Writing" },
  { command: "undo", presses: ["z"], shown: "Z", words: "Undo what I just did", group: "Conversation" },
  { command: "later", presses: ["shift+s"], shown: "Shift S", words: "Send later", group: "Writing" },
  { command: "attach", presses: ["mod+shift+u"], shown: "Ctrl Shift U", words: "Attach a file", group: "Writing" },
  { command: "lock", presses: ["mod+shift+l"], shown: "Ctrl Shift L", words: "Lock the screen", group: "Go" },
  { command: "keys", presses: ["?"], shown: "?", words: "This list", group: "Go" },
];

/** Shown among the keys although the list itself listens for them. */
export const LIST_KEYS: readonly Pick<Key, "shown" | "words" | "group">[] = [
  { shown: "↓ ↑ Page Home End", words: "Along the list", group: "Go" },
  { shown: "Shift ↓ or Shift ↑", words: "Select one more", group: "Conversation" },
];

/** The same of the composer. */
export const COMPOSER_KEYS: readonly Pick<Key, "shown" | "words" | "group">[] = [
  { shown: "Ctrl Enter", words: "Send", group: "Writing" },
  { shown: ";", words: "Saved reply, at the beginning of a word", group: "Writing" },
  { shown: "↑ or Ctrl Z", words: "Take back what I just sent, in an empty field", group: "Writing" },
  { shown: "Esc", words: "From a note back to the message", group: "Writing" },
  { shown: "Ctrl Shift Enter", words: "Send and mark as done", group: "Writing" },
];

export interface Press {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

const withName = (wanted: string) => KEYS.find((key) => key.presses.includes(wanted));

const withCtrl = (press: Press) => withName(`mod+${press.shiftKey ? "shift+" : ""}${nameOf(press)}`)?.command ?? null;

/** Where a press lands, and whether letters and signs alone are commands. */
export interface Focus {
  inField: boolean;
  inDialog: boolean;
  singles?: boolean;
  /** "g" was pressed just before. */
  afterG?: boolean;
}

/** Whether a press is the beginning of a command of two keys. */
export const isG = (press: Press, { inField, inDialog, singles = true }: Focus): boolean =>
  press.key.toLowerCase() === "g" &&
  singles &&
  !(inField || inDialog || press.altKey || press.ctrlKey || press.metaKey);

/**
 * What a press means, or null. In a field only Escape, the Alt and the Ctrl keys count; in an open dialog nothing does but
 * the lock.
 */
export function commandOf(press: Press, { inField, inDialog, singles = true, afterG = false }: Focus): Command | null {
  const held = press.ctrlKey || press.metaKey ? withCtrl(press) : undefined;
  if (inDialog) return held === "lock" ? held : null;
  if (held !== undefined) return held;
  const name = nameOf(press);
  if (afterG) return withName(`g ${name}`)?.command ?? null;
  const found = (press.shiftKey && withName(`shift+${name}`)) || withName(name);
  return found && isMeant(found, press, inField, singles) ? found.command : null;
}

function isMeant(found: Key, press: Press, inField: boolean, singles: boolean): boolean {
  const isSingle = !press.altKey && press.key.length === 1;
  if (isSingle && !singles) return false;
  return !inField || press.altKey || found.command === "back";
}

/** Alt changes the letter on some keyboards ("ß" for Alt S on a Mac), so the key's place is asked then. */
function nameOf(press: Press): string {
  if (!press.altKey) return press.key.toLowerCase();
  return `alt+${press.code.replace(/^Key/, "").toLowerCase()}`;
}

export function isField(target: EventTarget | null): boolean {
  // A box to tick takes no letters.
  if (!(target instanceof HTMLElement) || (target instanceof HTMLInputElement && target.type === "checkbox"))
    return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
