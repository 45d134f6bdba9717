/** What the clinic calls its numbers. */

import type { NumberLine } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";
import * as mine from "./mine.ts";

export async function all(): Promise<readonly NumberLine[]> {
  return (await ask<{ numbers: NumberLine[] }>("GET", "/numbers")).numbers;
}

/** Raises `Refused`. No words take the name away. */
export async function name({ team, number }: NumberLine, label: string): Promise<readonly NumberLine[]> {
  const { numbers } = await ask<{ numbers: NumberLine[] }>("PUT", `/teams/${team}/number-label`, { number, label });
  await mine.refresh();
  return numbers;
}
