/** What each command does, and whether it can do something now: keys and the palette both ask here. */

import type { View } from "../../realtime/client/wire.gen.ts";
import { known } from "./answers.ts";
import * as desk from "./desk.ts";
import * as directories from "./directory.ts";
import { isMeantHere } from "./directory-commands.ts";
import { directory, mark, order } from "./directory-place.ts";
import { type Command, isField, KEYS, type Key } from "./keys.ts";
import * as lists from "./lists.ts";
import * as lock from "./lock.ts";
import * as mentions from "./mentions.ts";
import * as notes from "./notes.ts";
import * as recalls from "./recalls.ts";
import * as saved from "./saved.ts";
import * as several from "./several.ts";
import { cursor, dialog, draftOf, inbox, me, panelOpen, pending, place, teamOf, thread, toasts } from "./store.ts";
import { mayManage } from "./tags.ts";
import * as threads from "./threads.ts";
import { chooseFiles } from "./views/attachments.tsx";
import { chooseWay } from "./views/composer.tsx";
import { focusComposer } from "./views/focus.ts";
import { focusRow } from "./views/windowed.tsx";
import { safeDefault } from "./words/ways.ts";
import * as work from "./work.ts";

const focusOn = (id: string | null) => id && focusRow(id);
const chosen = () => place.value.conversation ?? cursor.value;

function back(): void {
  const { activeElement } = document;
  const { conversation } = place.value;
  // Escape leaves the field first; the draft is kept. The second one goes back to the list.
  if (isField(activeElement) && activeElement instanceof HTMLElement) return activeElement.blur();
  if (directory.value) return backToList();
  if (several.isMeant()) return several.clear();
  threads.close();
  focusOn(conversation);
}

function backToList(): void {
  const patient = directory.value?.patient ?? null;
  if (patient) directories.show({ patient: null });
  focusOn(patient);
}

/** A refused plain text that looks private: with nothing else being written, the key for "secure" is about it. */
function suspect(conversation: string): string | null {
  if (draftOf(conversation).body.trim() !== "") return null;
  const mine = pending.value.filter((entry) => entry.draft.conversation === conversation);
  return mine.find((entry) => entry.refusal?.code === "looks_private")?.key ?? null;
}

function choose(kind: "secure" | "plain"): void {
  const open = thread.value;
  if (!open) return;
  const refused = kind === "secure" ? suspect(open.row.id) : null;
  if (refused) return desk.sendPrivately(refused);
  chooseWay(open, kind === "plain" ? "sms" : safeDefault(open.patient));
  focusComposer();
}

/** The list of the team that is shown; what was open is left. */
function go(view: View): void {
  threads.close();
  void lists.show(place.value.team, view);
}

async function undo(): Promise<void> {
  if (await recalls.undo()) focusComposer();
}

/** Those that need nothing but their name. */
type Plain =
  | "shift"
  | "import"
  | "groups"
  | "duplicates"
  | "broadcasts"
  | "export-directory"
  | "new"
  | "search"
  | "my-views"
  | "palette"
  | "keys";
const show = (name: Plain) => () => {
  dialog.value = { name };
};

/** Presses the button that does it: it is there only where that can be done. */
const press = (id: string) => () => document.getElementById(id)?.click();
/** The one of the conversation, or of all that are chosen in the list. */
const pressEither = (one: string, all: string) => () => press(several.isMeant() ? all : one)();
const isThere = (id: string) => () => document.querySelector(`#${id}:not(:disabled)`) !== null;

/** Of the newest message that offers one, at the end. */
const otherWays = () => [...document.querySelectorAll<HTMLButtonElement>("button[data-other-way]")];

const withChosen = (act: (id: string) => Promise<void>) => () => {
  const id = chosen();
  if (id) void act(id);
};

/** What is chosen in the list, while the person is there; else the one conversation. */
const either = (all: () => unknown, one: (id: string) => unknown) => () => {
  const id = chosen();
  if (several.isMeant()) void all();
  else if (id) void one(id);
};

/** Its keys say which, and the palette has each by name. */
type ByKey = "my-view";

const ACTS: Record<Exclude<Command, ByKey>, () => void> = {
  next: () => focusOn(directory.value ? directories.step(1) : desk.step(1)),
  previous: () => focusOn(directory.value ? directories.step(-1) : desk.step(-1)),
  open: () => {
    if (directory.value) return directories.show({ patient: mark.value ?? order.value[0] ?? null });
    const id = cursor.value ?? inbox.value?.order[0];
    if (id) void threads.open(id);
  },
  back,
  reply: () => (directory.value ? press("entry-write")() : focusComposer()),
  note: notes.begin,
  mentions: mentions.list,
  "go-inbox": () => go("needs_reply"),
  "go-unassigned": () => go("unassigned"),
  "go-waiting": () => go("waiting"),
  more: press("more"),
  shift: show("shift"),
  broadcasts: show("broadcasts"),
  import: show("import"),
  groups: show("groups"),
  directory: () => directories.show({ patient: null }),
  "new-patient": () => {
    dialog.value = { name: "new-patient", typed: "" };
  },
  duplicates: show("duplicates"),
  "export-directory": show("export-directory"),
  settings: press("own-menu"),
  tag: pressEither("tags", "several-tags"),
  new: show("new"),
  search: show("search"),
  filter: press("filter"),
  "save-view": () => {
    if (!place.value.strays) dialog.value = { name: "save-view", where: saved.whereOf(place.value) };
  },
  "my-views": show("my-views"),
  palette: show("palette"),
  done: either(several.markDone, desk.toggleDone),
  claim: () => {
    const id = chosen();
    if (id) void work.toggleClaim(id);
  },
  "hand-over": () => {
    const id = chosen();
    if (id) work.askHandOver(id);
  },
  snooze: either(several.askSnooze, work.askSnooze),
  priority: either(several.togglePriority, work.togglePriority),
  assign: pressEither("assign", "several-assign"),
  select: () => {
    const id = cursor.value ?? place.value.conversation;
    if (id && inbox.value?.order.includes(id)) several.toggle(id);
  },
  unread: withChosen(desk.markUnread),
  "previous-team": () => void desk.stepTeam(-1),
  "next-team": () => void desk.stepTeam(1),
  panel: () => {
    panelOpen.value = !panelOpen.value;
  },
  secure: () => choose("secure"),
  plain: () => choose("plain"),
  undo: () => void undo(),
  attach: chooseFiles,
  // The button knows whether the words may go.
  later: press("send-later"),
  lock: () => void lock.lock(),
  // Only goes there: whoever presses Enter has read what the line says.
  unlock: () => document.getElementById("unlock")?.focus(),
  "other-way": () => otherWays().at(-1)?.click(),
  keys: show("keys"),
};

const hasRows = () => (directory.value ? order.value : (inbox.value?.order ?? [])).length > 0;
const isListOnly = () => (directory.value ? directory.value.patient : place.value.conversation) === null;
const hasTeams = () => (me.value?.teams.length ?? 0) > 0;
const isMember = () => me.value?.teams.some((team) => team.is_member) ?? false;
const isOpen = () => thread.value !== null;
const mayWrite = () => thread.value !== null && teamOf(thread.value.row.team)?.is_member !== false;
const mayChange = () => {
  const row = known(chosen() ?? "");
  return row !== undefined && teamOf(row.team)?.is_member !== false;
};

/** Commands that can do something only at times. */
const CAN: Partial<Record<Command, () => boolean>> = {
  next: hasRows,
  previous: hasRows,
  open: () => hasRows() && isListOnly(),
  back: () => !isListOnly(),
  reply: () => (directory.value ? isThere("entry-write")() : mayWrite()),
  note: mayWrite,
  tag: isThere("tags"),
  new: isMember,
  shift: isMember,
  broadcasts: hasTeams,
  import: mayManage,
  duplicates: mayManage,
  "export-directory": mayManage,
  done: mayChange,
  claim: mayChange,
  "hand-over": mayChange,
  select: mayChange,
  snooze: mayChange,
  priority: mayChange,
  assign: isThere("assign"),
  unread: () => chosen() !== null,
  "previous-team": hasTeams,
  "next-team": hasTeams,
  more: isThere("more"),
  panel: isOpen,
  secure: mayWrite,
  plain: mayWrite,
  filter: isThere("filter"),
  "save-view": () => !place.value.strays,
  "my-view": () => false,
  "my-views": () => saved.all().length > 0,
  undo: () => recalls.undoable() !== null || toasts.value.some((each) => each.undo !== null),
  attach: mayWrite,
  later: isThere("send-later"),
  unlock: isThere("unlock"),
  "other-way": () => otherWays().length > 0,
  palette: () => false,
};

/** `pressed` is the key, where it was one. */
export function run(command: Command, pressed = ""): void {
  if (!isMeantHere(command)) return;
  if (command === "my-view") saved.showByKey(pressed);
  else ACTS[command]();
}

/** What can be done now, in the order of the keyboard map. */
export const possible = (): readonly Key[] =>
  KEYS.filter((key) => isMeantHere(key.command) && (CAN[key.command]?.() ?? true));
