/** Which of the patient's phones and e-mails a message goes to, where its writer chose one beside the preferred. */

import type { Choice } from "./words/ways.ts";

export type Kind = "phone" | "email";

export interface Chosen {
  id: string;
  display: string;
  /** Another patient has it too. */
  shared: boolean;
}

/** None of a kind: the preferred one. */
export type ChosenTo = Partial<Record<Kind, Chosen>>;

export const kindsOf = (choice: Choice): Kind[] =>
  choice === "both" ? ["phone", "email"] : [choice === "secure_email" ? "email" : "phone"];

export const chosenFor = (to: ChosenTo | undefined, choice: Choice): Chosen[] =>
  kindsOf(choice).flatMap((kind) => to?.[kind] ?? []);
