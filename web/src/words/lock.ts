/** What is said before a screen locks by itself. */

import { many } from "./counts.ts";

export function lockWarning(minutes: number): string {
  return `This screen locks in ${minutes > 0 ? many(minutes, "minute") : "less than a minute"}.`;
}
