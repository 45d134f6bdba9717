/** What was done with a conversation as a whole, or to its patient's record, as one line between its messages. */

import type { Colleague, WorkEvent } from "../../../realtime/client/wire.gen.ts";
import { untilWhen } from "./zones.ts";

/** "Dana Reyes assigned this to you". `me` is whose screen it is, `zone` the clinic's. */
export function lineOf(event: WorkEvent, me: string | undefined, zone = "UTC"): string {
  const { by, to, until } = event;
  const who = name(by, me, "You");
  const isOwn = by !== null && by.id === to?.id;
  switch (event.kind) {
    case "assigned":
      return isOwn ? `${who} took this on` : `${who} assigned this to ${name(to, me, "you")}`;
    case "marked":
      return marked(event, who);
    case "unmarked":
      return unmarked(event, who);
    case "done":
      return `${who} marked this done${reason(event)}`;
    case "reopened":
      return reopened(event, who);
    case "released":
      if (by === null) return `${name(to, me, "You")} left the team, so this is nobody’s now`;
      return isOwn ? `${who} gave this back to the team` : `${who} took this from ${name(to, me, "you")}`;
    case "snoozed":
      return until
        ? `${who} snoozed this until ${untilWhen(until, zone, event.why === "reply")}`
        : `${who} snoozed this`;
    case "woke":
      if (by !== null) return `${who} ended the snooze`;
      return event.why === "patient_wrote" ? "The snooze ended, as the patient wrote" : "The snooze is over";
    default:
      return ofTheRecord[event.kind](event, me);
  }
}

type Work = "assigned" | "released" | "snoozed" | "woke" | "marked" | "unmarked" | "done" | "reopened";
type Line = (event: WorkEvent, me: string | undefined) => string;

/** What happened to the patient's record. */
const ofTheRecord: Record<Exclude<WorkEvent["kind"], Work>, Line> = {
  texts_off: (event, me) => `Texts stopped${wished(event, me)}`,
  texts_on: (event, me) => `Texts go again${wished(event, me)}`,
  mails_off: (event, me) => `Mails stopped${wished(event, me)}`,
  mails_on: (event, me) => `Mails go again${wished(event, me)}`,
  agreed: consented,
  withdrew: consented,
  contact: ({ by, why }, me) =>
    `${name(by, me, "You")} changed the ${why === "email" ? "e-mail address" : "phone number"} on file`,
  unproven: () => "Somebody with the link could not prove to be the patient",
  locked: () => "Too many wrong tries to prove who reads: a pause began",
  unlocked: ({ by }, me) => `${name(by, me, "You")} let the patient try again`,
};

const HOW: Record<string, string> = {
  keyword: ": asked for by text",
  portal: ": chosen on the messages page",
  mail: ": asked for by mail",
  carrier: ": the carrier was asked",
  list: ": on the carrier’s list",
};

const noted = (by: Colleague, me: string | undefined) => `, noted by ${name(by, me, "you")}`;

const wished = ({ by, why }: WorkEvent, me: string | undefined) => (by ? noted(by, me) : (HOW[why ?? ""] ?? ""));

function consented({ kind, by, why }: WorkEvent, me: string | undefined): string {
  const what = `Consent to ${why === "email" ? "e-mail" : "plain texts"}`;
  return `${what} ${kind === "agreed" ? "given" : "withdrawn"}${by ? noted(by, me) : " on the messages page"}`;
}

function marked({ why }: WorkEvent, who: string): string {
  return why === "urgent_words" ? "Words that may be urgent gave this priority" : `${who} marked this as priority`;
}

function unmarked({ why }: WorkEvent, who: string): string {
  return `${who} ${why === "not_urgent" ? "found nothing urgent and " : ""}took the priority off`;
}

function reopened({ why }: WorkEvent, who: string): string {
  return why === "undelivered" ? "Open again, as a message did not arrive" : `${who} reopened this`;
}

const REASONS: Record<string, string> = {
  by_phone: "answered by phone",
  not_needed: "no answer needed",
  moved: "moved here with its number; the patient has another conversation with this team",
  merged: "merged with another entry of this patient",
};

/** Why it was done though the patient waited. */
function reason({ why, words }: WorkEvent): string {
  const said = [why && REASONS[why], words && `“${words}”`].filter(Boolean);
  return said.length > 0 ? `: ${said.join(", ")}` : "";
}

function name(colleague: Colleague | null, me: string | undefined, mine: string): string {
  return colleague === null ? "Somebody" : colleague.id === me ? mine : colleague.name;
}
