// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me, SavedView } from "../../realtime/client/wire.gen.ts";
import { run } from "./commands.ts";
import { directory } from "./directory-place.ts";
import { KEYS } from "./keys.ts";
import { type Asked, serve, settled } from "./stage.ts";
import { fromSnapshot as listOf } from "./state/inbox.ts";
import { inbox as list, message, thread as page, row } from "./state/samples.ts";
import { fromSnapshot } from "./state/thread.ts";
import * as store from "./store.ts";
import { toast } from "./toasts.ts";

const saved = { id: "v", name: "Mine", team: "billing", view: "mine" } as unknown as SavedView;
const scope = new Set(["front", "billing"]);
const last = { number: 3 } as never;
/** Newest first, so that it stands over the other. */
const first = row("a", { last, updated_at: "2026-11-23T16:00:00Z" });
/** What a command finds by its id, where the screen has it. */
const BUTTONS = [
  "more",
  "tags",
  "assign",
  "filter",
  "send-later",
  "unlock",
  "own-menu",
  "attach-field",
  "composer",
  "note",
];

let asked: Asked[];
let pressed: string[];
let box: HTMLElement;

function standAt(conversation: string | null): void {
  store.place.value = { team: "front", view: "open", conversation, strays: false };
  store.thread.value = conversation ? fromSnapshot(page([message(1)], { row: first }), null) : null;
}

beforeEach(() => {
  asked = serve(() => ({ status: 404, said: { code: "unknown" } }));
  pressed = [];
  box = document.createElement("div");
  for (const id of BUTTONS) {
    const button = document.createElement("button");
    button.id = id;
    button.onclick = () => pressed.push(id);
    box.append(button);
  }
  box.append(Object.assign(document.createElement("button"), { onclick: () => pressed.push("other way") }));
  box.lastElementChild?.setAttribute("data-other-way", "");
  document.body.append(box);
  const teams = [...scope].map((id) => ({ id, name: id, is_member: true, numbers: [], labels: {} }));
  const user = { id: "dana", name: "Dana", initials: "D", role: "admin" };
  const organization = { zone: "UTC", name: "Clinic" };
  store.me.value = { user, teams, tags: [], saved_views: [saved], organization, limits: {} } as unknown as Me;
  store.inbox.value = listOf(list([first, row("b", { last })], { view: "open" }), scope, null);
  standAt("a");
});

afterEach(() => {
  box.remove();
  vi.unstubAllGlobals();
  directory.value = store.dialog.value = store.cursor.value = store.noting.value = store.locked.value = null;
  store.toasts.value = [];
  store.selected.value = new Set();
  store.drafts.value = new Map();
});

const presses = (id: string) => () => expect(pressed).toEqual([id]);
const shows = (dialog: Partial<store.Dialog>) => () => expect(store.dialog.value).toMatchObject(dialog);
const asks = (path: string) => () => expect(asked.map((each) => `${each.method} ${each.path}`)).toContain(path);
const leads =
  (view: string, team = "front") =>
  () => {
    expect(store.place.value).toMatchObject({ view, team, conversation: null });
  };
const stands = (id: string) => () => expect(document.activeElement?.id).toBe(id);

/** What each does with the conversation “a” open in the list of Front desk. */
const DOES: Record<string, () => void> = {
  next: () => expect(store.cursor.value).toBe("b"),
  previous: () => expect(store.cursor.value).toBe("a"),
  open: asks("GET /conversations/a"),
  back: leads("open"),
  search: shows({ name: "search" }),
  palette: shows({ name: "palette" }),
  "go-inbox": leads("needs_reply"),
  "go-unassigned": leads("unassigned"),
  "go-waiting": leads("waiting"),
  "previous-team": () => expect(store.place.value.team).toBe("all"),
  "next-team": () => expect(store.place.value.team).toBe("billing"),
  filter: presses("filter"),
  "save-view": shows({ name: "save-view", where: { team: "front", view: "open" } as never }),
  "my-views": shows({ name: "my-views" }),
  "my-view": () => expect(store.place.value).toMatchObject({ team: "billing", view: "mine" }),
  mentions: shows({ name: "mentions" }),
  shift: shows({ name: "shift" }),
  directory: () => expect(directory.value).toMatchObject({ patient: null }),
  "new-patient": shows({ name: "new-patient" }),
  broadcasts: shows({ name: "broadcasts" }),
  import: shows({ name: "import" }),
  groups: shows({ name: "groups" }),
  duplicates: shows({ name: "duplicates" }),
  "export-directory": shows({ name: "export-directory" }),
  settings: presses("own-menu"),
  reply: stands("composer"),
  note: () => expect(store.noting.value).toBe("a"),
  done: asks("POST /conversations/a/done"),
  claim: asks("POST /conversations/a/claim"),
  assign: presses("assign"),
  "hand-over": shows({ name: "hand-over", conversation: "a" }),
  snooze: shows({ name: "snooze", conversation: "a" }),
  priority: asks("POST /conversations/a/priority"),
  tag: presses("tags"),
  select: () => expect([...store.selected.value]).toEqual(["a"]),
  unread: asks("POST /conversations/a/seen"),
  more: presses("more"),
  panel: () => expect(store.panelOpen.value).toBe(true),
  unlock: stands("unlock"),
  "other-way": presses("other way"),
  new: shows({ name: "new" }),
  secure: () => expect(store.draftOf("a").via).toBe("secure_sms"),
  plain: shows({ name: "consent", conversation: "a" }),
  undo: () => expect(pressed).toEqual(["undone"]),
  later: presses("send-later"),
  attach: presses("attach-field"),
  lock: () => expect(store.locked.value).not.toBeNull(),
  keys: shows({ name: "keys" }),
};

describe("each key of the map", () => {
  it("is here", () => {
    expect(Object.keys(DOES).sort()).toEqual(KEYS.map((key) => key.command).sort());
  });

  it.each(KEYS.map((key) => [key.shown, key] as const))("%s does what it says", async (_, { command, presses }) => {
    store.panelOpen.value = false;
    if (command === "open") standAt(null);
    if (command === "undo") toast("Done", { undo: () => pressed.push("undone") });

    run(command, presses[0]);
    await settled();

    DOES[command]?.();
  });
});
