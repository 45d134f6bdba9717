/** Going into the directory, around in it, and to a conversation with somebody in it. */

import { batch } from "@preact/signals";
import type { Patient } from "../../realtime/client/wire.gen.ts";
import * as desk from "./desk.ts";
import { directory, entry, mark, order } from "./directory-place.ts";
import { addressOfDirectory, type DirectoryPlace } from "./route.ts";
import { dialog, me } from "./store.ts";
import * as threads from "./threads.ts";
import { isShared } from "./words/patients.ts";

const BEGINNING: DirectoryPlace = { tab: "patients", sort: "recent", patient: null };

/** Whatever is not said stays. The conversation that was open is left: nobody reads it now. */
export function show(change: Partial<DirectoryPlace> = {}, how: "push" | "none" = "push"): void {
  const next = { ...BEGINNING, ...directory.value, ...change };
  batch(() => {
    threads.leave();
    directory.value = next;
    if (entry.value?.id !== next.patient) entry.value = null;
    if (next.patient) mark.value = next.patient;
  });
  const address = addressOfDirectory(next);
  if (how === "push" && address !== location.pathname + location.search) history.pushState(null, "", address);
}

/** Moves the keyboard's row; returns where it stands then. */
export function step(by: 1 | -1): string | null {
  const at = order.value.indexOf(mark.value ?? "");
  const next = order.value[at === -1 ? 0 : Math.min(order.value.length - 1, Math.max(0, at + by))];
  if (next) mark.value = next;
  return next ?? null;
}

/** Opens what they have written with my one team, or asks from which team and how to begin. */
export async function write(patient: Patient): Promise<void> {
  const mine = me.value?.teams.filter((team) => team.is_member) ?? [];
  const [only, ...others] = mine;
  const isKnown = patient.conversations.some((each) => each.team === only?.id);
  if (only && others.length === 0 && isKnown && !isShared(patient)) await desk.startWith(patient.id, only.id);
  else dialog.value = { name: "new", patient };
}
