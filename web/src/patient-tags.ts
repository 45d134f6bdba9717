/** Tags of patients themselves, of the same set as those of conversations. */

import type { Tag } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export async function of(patient: string): Promise<readonly Tag[]> {
  return (await ask<{ tags: Tag[] }>("GET", `/patients/${patient}/tags`)).tags;
}

/** Both raise `Refused`. */
export const putOn = (tag: string, patient: string): Promise<void> =>
  ask("POST", `/tags/${tag}/patients`, { patients: [patient] });

export const takeOff = (tag: string, patient: string): Promise<void> =>
  ask("POST", `/tags/${tag}/patients/remove`, { patients: [patient] });
