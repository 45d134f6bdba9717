/** From key presses to what the desk does. */

import * as desk from "./desk.ts";
import { type Command, commandOf, isField } from "./keys.ts";
import * as mentions from "./mentions.ts";
import * as notes from "./notes.ts";
import * as recalls from "./recalls.ts";
import * as several from "./several.ts";
import { cursor, dialog, draftOf, inbox, panelOpen, pending, place, signedOut, thread } from "./store.ts";
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
  if (several.isMeant()) return several.clear();
  threads.close();
  focusOn(conversation);
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

async function undo(): Promise<void> {
  if (await recalls.undo()) focusComposer();
}

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

const press = (one: string, all: string) => document.getElementById(several.isMeant() ? all : one)?.click();

const ACTS: Record<Command, () => void> = {
  next: () => focusOn(desk.step(1)),
  previous: () => focusOn(desk.step(-1)),
  open: () => cursor.value && void threads.open(cursor.value),
  back,
  reply: focusComposer,
  note: notes.begin,
  mentions: mentions.list,
  tag: () => press("tags", "several-tags"),
  new: () => {
    dialog.value = { name: "new" };
  },
  search: () => {
    dialog.value = { name: "search" };
  },
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
  assign: () => press("assign", "several-assign"),
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
  later: () => document.getElementById("send-later")?.click(),
  // Only goes there: whoever presses Enter has read what the line says.
  unlock: () => document.getElementById("unlock")?.focus(),
  keys: () => {
    dialog.value = { name: "keys" };
  },
};

/** A button or link with the focus takes its own Enter. */
function isOwnEnter(event: KeyboardEvent): boolean {
  return event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button") !== null;
}

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isOwnEnter(event)) return;
    const inDialog = dialog.value !== null || signedOut.value;
    const command = commandOf(event, { inField: isField(event.target), inDialog });
    if (!command) return;
    event.preventDefault();
    ACTS[command]();
  });
}
