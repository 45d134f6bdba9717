/** Where a clinic's numbers and orders stand, in words. */

import type { OurNumber, RegistrationStep, WantedNumber } from "../../../realtime/client/wire.gen.ts";

/** What can be done with a number now. */
export function standing({ status, goes_to, why }: OurNumber): string {
  if (status === "released") return "Given up. What was written from it stays";
  if (goes_to === "handset")
    return "For your trial: its texts stay inside BloomText and reach no patient. What patients text to it arrives";
  if (status === "active") return "Ready: texts go out";
  return why ? `${why.charAt(0).toUpperCase()}${why.slice(1)}. What patients text to it arrives` : "Not ready";
}

const STATES: Record<WantedNumber["state"], string> = {
  asked: "Ordered",
  buying: "Being bought",
  bought: "Bought, being set up",
  porting: "The carriers are moving it",
  done: "Here",
  refused: "Not possible",
};

export function orderState({ kind, state, words, note }: WantedNumber): string {
  const first = kind === "own" && state === "asked" ? "Asked for. We write to you about the papers" : STATES[state];
  return [first, words, note].filter(Boolean).join(": ");
}

export const isOpen = ({ state }: WantedNumber): boolean => state !== "done" && state !== "refused";

const OF = { brand: "Who you are (brand)", campaign: "What you text about (campaign)" } as const;
const SAID = { submitted: "with the carriers", approved: "approved", refused: "refused" } as const;

/** One line each for brand and campaign: where they stand. `steps` are the newest first. */
export function registration(steps: readonly RegistrationStep[]) {
  return (["brand", "campaign"] as const).map((of) => {
    const step = steps.find((each) => each.of === of) ?? null;
    return { of, name: OF[of], said: step ? SAID[step.state] : "not sent yet", step };
  });
}

/** What the people who decide at the carriers send back. */
export const REJECTED = [
  "A legal name or tax number (EIN) that is not exactly as the tax office has it",
  "A website that does not work, is under construction, or does not name the clinic",
  "No privacy policy that says that phone numbers are not shared for marketing",
  "No description of how patients agree to texts, in writing or by word",
  "Sample texts without the clinic’s name, or without “Reply STOP to opt out”",
  "Links through a public shortener instead of an address of your own",
] as const;

export const MEANWHILE = [
  "Texts of patients to your number arrive, and their STOP counts",
  "Secure e-mail goes out to patients who have an address on file",
  "Messages, notes, tasks and everything else inside BloomText",
] as const;
