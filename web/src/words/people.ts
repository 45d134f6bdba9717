/** How roles and people are called. */

import type { Worker } from "../../../realtime/client/wire.gen.ts";
import { sentence } from "./time.ts";

export const ROLES: Record<Worker["role"], string> = { member: "Member", supervisor: "Supervisor", admin: "Admin" };

export const MAY: Record<Worker["role"], string> = {
  member: "Reads and writes in their own teams",
  supervisor: "Also observes every team, and says when teams answer",
  admin: "Says who works here and sets the clinic up; reads only their own teams",
};

export function seen({ state, seen_at, left_at }: Worker, now: number): string {
  if (state === "left") return left_at ? `left ${sentence(left_at, now)}` : "left";
  return seen_at ? `last here ${sentence(seen_at, now)}` : "never signed in";
}
