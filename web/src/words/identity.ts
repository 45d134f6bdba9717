/** Somebody could not prove that they are the patient: how it is said over the conversation and beside each try. */

import type { DatePart, Unconfirmed } from "../../../realtime/client/wire.gen.ts";
import { isSameDay, sentence, clock as timeOf } from "./time.ts";

/** "Could not confirm identity (3 tries). Typed dates differ in the day only. Paused until 3:40 PM." */
export function unconfirmed(said: Unconfirmed, now: number): string {
  const tries = said.tries === 1 ? "1 try" : `${said.tries} tries`;
  const what = said.tries > 0 ? `Could not confirm identity (${tries}).` : "Somebody wants to open a paused link.";
  const dates = said.differs.length > 0 ? ` Typed dates differ in ${parts(said.differs)}.` : "";
  return `${what}${dates}${paused(said.paused_until, now)}`;
}

/** "the day only", "the day and the month", "every part" */
export function parts(differs: readonly DatePart[]): string {
  if (differs.length >= 3) return "every part";
  return differs.length === 1 ? `the ${differs[0]} only` : differs.map((part) => `the ${part}`).join(" and ");
}

function paused(until: string | null, now: number): string {
  if (!until || Date.parse(until) <= now) return "";
  return isSameDay(until, now) ? ` Paused until ${timeOf(until)}.` : ` Paused until ${onAnotherDay(until, now)}.`;
}

const onAnotherDay = (until: string, now: number) => sentence(until, now).replace(/^on /, "");
