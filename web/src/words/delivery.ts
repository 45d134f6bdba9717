/** How far a message has come, in words. A plain text is never "viewed". */

import type { Delivery, Row, ViaName } from "../../../realtime/client/wire.gen.ts";
import { isOverdue, when } from "./time.ts";

export type Tone = "quiet" | "good" | "warn" | "bad";

export interface Standing {
  words: string;
  tone: Tone;
}

const isNotice = (via: ViaName) => via === "secure_sms" || via === "secure_email";

/** The state of one message. Of a secure one, only its notice travels. */
export function standing(delivery: Delivery, via: ViaName): Standing {
  const why = delivery.words;
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
    case "cancelled":
      return { words: "Taken back", tone: "quiet" };
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
