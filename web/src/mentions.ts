/** Colleagues who can be called on, and where I was. */

import type { Mention, StaffFact } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import * as bell from "./bell.ts";
import * as mine from "./mine.ts";
import * as reads from "./reads.ts";
import { dialog, me, members, place, toast } from "./store.ts";
import * as threads from "./threads.ts";

export async function need(team: string): Promise<void> {
  if (members.value.has(team)) return;
  const found = await reads.members(team).catch(() => null);
  if (found) members.value = new Map(members.value).set(team, found);
}

/** Somebody came to a team or left one: who is in it is asked for again when it is needed. */
export function forget(team: string): void {
  const kept = new Map(members.value);
  if (kept.delete(team)) members.value = kept;
}

/** The conversation that is open is on the screen: what calls on me in it has been seen. */
export function look(): void {
  const { conversation } = place.value;
  if (!conversation || !me.value?.mentions || document.visibilityState !== "visible") return;
  void actions.seeMentions(conversation).catch(() => undefined);
}

type Called = Extract<StaffFact, { kind: "note.mentioned" }>;

/** Where I am looking at it already, no toast stands over it. */
export async function hear({ conversation, by }: Called): Promise<void> {
  const isHere = conversation === place.value.conversation && document.visibilityState === "visible";
  void bell.ring("You were mentioned in a note", true);
  if (!isHere) toast(`${by.name} mentioned you in a note`, { open: () => void threads.open(conversation) });
  await mine.refresh();
  if (isHere) look();
}

export function list(): void {
  dialog.value = { name: "mentions" };
}

export async function open({ note }: Mention): Promise<void> {
  dialog.value = null;
  await threads.open(note.conversation);
}
