/** Emergency access to patients: what lasts in this session, and how it is taken and ended. */

import { signal } from "@preact/signals";
import type { Glass } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

/** Mine, in this session; some may be over by now. */
export const mine = signal<readonly Glass[]>([]);

const shown = async (path: string) => (await ask<{ glasses: Glass[] }>("GET", path)).glasses;

export async function load(): Promise<void> {
  mine.value = await shown("/emergency");
}

/** The clinic's, for its admins. */
export const all = () => shown("/emergency/all");

export async function take(patient: string, reason: string, minutes: number): Promise<void> {
  await ask<Glass>("POST", `/patients/${patient}/emergency`, { reason, minutes });
  await load();
}

export async function end(glass: string): Promise<void> {
  await ask<void>("POST", `/emergency/${glass}/end`, {});
  mine.value = mine.value.filter((each) => each.id !== glass);
}
