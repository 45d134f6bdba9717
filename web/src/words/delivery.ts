/** How far a message has come, in words. A plain text is never "viewed". */

import type { Delivery, Row, ViaName } from "../../../realtime/client/wire.gen.ts";
import { isOverdue, when } from "./time.ts";

/** Reasons as `server/gateways/carrier_codes.py` names them. */
const REASONS: Record<string, string> = {
  absent: "the phone is off or out of reach",
  account: "our account with the carrier is barred",
  age: "the patient's carrier limits texts to this phone",
  auth: "the carrier did not accept our keys",
  bad_number: "this is not a number that can get texts",
  barred: "this phone does not take our texts",
  busy: "the phone was busy",
  carrier_block: "the patient's carrier blocks texts to this phone",
  carrier_internal: "the carrier had an error",
  consent_filter: "the carrier misses a consent for this text",
  credit: "our account with the carrier has no credit",
  expired: "the phone could not be reached in time",
  general: "the carrier did not say why",
  illegal_sender: "the carrier does not let us send from our number",
  illegal_text: "the carrier did not accept a character",
  network: "the carrier's network had an error",
  no_link: "the link had ended",
  number_dead: "the number is no longer in use",
  opted_out: "the patient stopped texts",
  portability: "the number moved to another carrier",
  prepaid_empty: "the patient's prepaid balance is empty",
  regulation: "a rule of the carrier stopped the text",
  sender_not_registered: "our number is not registered with carriers",
  spam_filter: "the carrier's spam filter stopped it",
  throttled: "too many texts at once",
  too_many: "too many texts to this number in a short time",
  undeliverable: "the carrier cannot deliver to this number",
  unreachable: "the number could not be reached",
  unroutable: "the number cannot get texts; it may be a landline",
};

export function reason(code: string | null): string | null {
  if (code === null) return null;
  return REASONS[code] ?? code.replaceAll("_", " ");
}

export type Tone = "quiet" | "good" | "warn" | "bad";

export interface Standing {
  words: string;
  tone: Tone;
}

const isNotice = (via: ViaName) => via === "secure_sms" || via === "secure_email";

/** The state of one message. Of a secure one, only its notice travels. */
export function standing(delivery: Delivery, via: ViaName): Standing {
  const why = reason(delivery.reason);
  switch (delivery.state) {
    case "waiting":
      return { words: "Waiting to go out", tone: "quiet" };
    case "sending":
      return { words: "Sending", tone: "quiet" };
    case "sent":
      return { words: isNotice(via) ? "Notice sent" : "Sent", tone: "quiet" };
    case "delivered":
      return { words: isNotice(via) ? "Notice delivered" : "Delivered", tone: "good" };
    case "failed":
      return { words: why ? `Undelivered – ${why}` : "Undelivered", tone: "bad" };
    case "uncertain":
      return { words: "Not known if it arrived", tone: "warn" };
  }
}

/** The state word of a row: what became of our last message. Nothing while the patient had the last word. */
export function rowStanding(row: Row, now: number): Standing | null {
  if (row.trouble === "failed") return { words: "Undelivered", tone: "bad" };
  if (row.trouble === "uncertain") return { words: "Not known if it arrived", tone: "warn" };
  const { last } = row;
  if (last === null || last.from === "patient") return null;
  if (last.viewed_at)
    return { words: `Viewed ${when(last.viewed_at, now).replace("Yesterday", "yesterday")}`, tone: "good" };
  if (isNotice(last.via) && isOverdue(last.at, now, 2)) return { words: "Not read after 2 days", tone: "warn" };
  if (last.delivery === "delivered") return { words: "Delivered", tone: "quiet" };
  if (last.delivery === "sent") return { words: "Sent", tone: "quiet" };
  return last.delivery ? { words: "Sending", tone: "quiet" } : null;
}
