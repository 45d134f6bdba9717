/** What a search finds, for tests. */

import type { Found, Hit, Patient } from "../../../realtime/client/wire.gen.ts";
import { thread as page, row } from "../state/samples.ts";

export const NONE: Found = { patients: [], hits: [], next: null };
export const patient = (name: string, conversations: string[]) =>
  ({
    ...page([]).patient,
    id: name,
    name,
    conversations: conversations.map((id) => ({ id, team: "front" })),
  }) as Patient;

export function hit(number: number, change: Partial<Hit> = {}): Hit {
  return {
    kind: "message",
    id: `m${number}`,
    conversation: "a",
    team: "front",
    patient: row("a").patient,
    number,
    at_message: number,
    by: "Maria Garcia",
    at: "2026-11-23T15:01:00Z",
    snippet: [
      { text: "my ", hit: false },
      { text: "knee", hit: true },
    ],
    ...change,
  };
}
