/** That a conversation of this patient changed: for whoever lists what they have, or reads beside. */

import { signal } from "@preact/signals";
import type { StaffFact } from "../../realtime/client/wire.gen.ts";

interface Heard {
  patient: string;
  conversation: string;
  hasFiles: boolean;
  /** How often something was heard of any. */
  count: number;
}

export const heard = signal<Heard>({ patient: "", conversation: "", hasFiles: false, count: 0 });

export function hear(fact: StaffFact): void {
  if (!("row" in fact)) return;
  const hasFiles = "messages" in fact && fact.messages.some((message) => message.files.length > 0);
  const { id, patient } = fact.row;
  heard.value = { patient: patient.id, conversation: id, hasFiles, count: heard.value.count + 1 };
}
