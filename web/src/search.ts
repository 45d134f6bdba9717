/** Searching from this screen, and going to what was found. What was typed stays in memory. */

import { signal } from "@preact/signals";
import type { Hit, Patient } from "../../realtime/client/wire.gen.ts";
import { dialog, place, pointed, toast } from "./store.ts";
import * as threads from "./threads.ts";

const KEPT = 5;
const MARKED_FOR = 2_500;

/** What led somewhere lately, the newest first. */
export const recent = signal<readonly string[]>([]);
/** Search only the inbox that is shown. */
export const isHereOnly = signal(false);

export function remember(text: string): void {
  const typed = text.trim();
  if (typed) recent.value = [typed, ...recent.value.filter((each) => each !== typed)].slice(0, KEPT);
}

/** The team whose inbox is searched; null: all of mine. */
export function scope(): string | null {
  const { team } = place.value;
  return isHereOnly.value && team !== "all" ? team : null;
}

type Spot = Pick<Hit, "conversation" | "kind" | "number" | "at_message">;

/** Opens the conversation at what was found, and marks it there for a moment. */
export async function open({ conversation, kind, number, at_message }: Spot): Promise<void> {
  dialog.value = null;
  await threads.open(conversation);
  if (place.value.conversation !== conversation) return;
  if (!(await threads.reach(conversation, at_message))) {
    // Whoever has gone elsewhere meanwhile is not called back.
    if (place.value.conversation === conversation) toast("That message did not load. Try again", { isError: true });
    return;
  }
  const at = { conversation, kind, number };
  pointed.value = at;
  setTimeout(() => {
    if (pointed.value === at) pointed.value = null;
  }, MARKED_FOR);
}

/** Opens what the patient and the shown team have; else what they have with another team; else offers to begin one. */
export function openPatient(patient: Patient): void {
  const known = patient.conversations.find((each) => each.team === place.value.team) ?? patient.conversations[0];
  dialog.value = known ? null : { name: "new", patient };
  if (known) void threads.open(known.id);
}
