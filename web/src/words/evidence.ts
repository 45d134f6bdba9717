/** What happened to a message, in words that say no more than is known. */

import type { EvidenceEvent, EvidenceStep, StepName, ViaName } from "../../../realtime/client/wire.gen.ts";
import { isPrivate } from "./ways.ts";

interface Words {
  name: string;
  means: string;
}

const STEPS: Record<StepName, Words> = {
  accepted: { name: "Accepted", means: "The carrier or mail server took the notice." },
  delivered: { name: "Delivered", means: "The notice reached the phone or mailbox. Nobody may have looked at it." },
  fetched: { name: "Link looked up", means: "Phones and mail scanners do this by themselves. It is not a reading." },
  pressed: { name: "Pressed open", means: "Somebody pressed the button. We did not know yet who it was." },
  confirmed: { name: "Identity confirmed", means: "They passed the check that your clinic chose." },
  viewed: { name: "Viewed", means: "After that check, the message was on their screen." },
};

/** Only what a text of its own can be known to have done. */
const TEXT: Partial<Record<StepName, Words>> = {
  accepted: { name: "Accepted", means: "The carrier took the text." },
  delivered: { name: "Delivered", means: "The text reached the phone. Nobody can say whether it was read." },
};

export function stepWords(step: EvidenceStep, via: ViaName): Words {
  return (isPrivate(via) ? undefined : TEXT[step.name]) ?? STEPS[step.name];
}

const EVENTS: Record<EvidenceEvent["name"], string> = {
  written: "Written",
  accepted: "accepted",
  delivered: "delivered",
  failed: "undelivered",
  uncertain: "not known if it arrived",
  cancelled: "stopped before it went out",
  fetched: "Link looked up, by a phone or a machine",
  pressed: "Pressed open",
  confirmed: "Identity confirmed",
  viewed: "Viewed",
  recalled: "Taken back",
  moved: "Moved away",
};

/** "Reminder by text to …42 delivered", "Viewed by Ines Calderon with Chrome on Android" */
export function eventWords(event: EvidenceEvent): string {
  const { name, by, to, words, device, who } = event;
  const carried = by ? `${event.is_reminder ? "Reminder" : "Notice"} by ${by === "text" ? "text" : "e-mail"}` : null;
  const parts = [
    carried && (to ? `${carried} to ${to}` : carried),
    EVENTS[name],
    who && `by ${who}`,
    device && `with ${device}`,
  ];
  return parts.filter(Boolean).join(" ") + (words ? ` – ${words}` : "");
}
