/** The server's no, in words that fit beside what the person did. */

import type { Refused } from "../http.ts";

const WORDS: Record<string, string> = {
  moved_on: "Somebody wrote in between",
  no_plan: "Your clinic's plan does not include sending",
  empty: "There is nothing to send",
  too_long: "The message is too long",
  hidden_characters: "The text contains hidden characters",
  not_allowed: "You may not write in this team",
  unknown: "You no longer have access",
  wrong_sign_in: "E-mail and password do not match",
  wrong_code: "This code does not fit",
  locked: "This screen is locked",
  prove_again: "Type your password or a code first",
  looks_private: "This looks private",
  already_viewed: "The patient has already viewed it",
  already_sent: "It has already left, and a text cannot be taken back",
  not_a_member: "Only a member of the team can be given it",
  not_in_future: "That time is over. Choose a later one",
  only_the_patient: "Only the patient can start them again",
  cannot_read: "Somebody you chose cannot read this conversation",
  shortcut_taken: "Another saved reply has this shortcut. Choose another one",
  no_answer: "The server could not be reached",
  not_a_phone: "This is not a phone number. Give ten digits, such as 312 555 0142",
  not_an_email: "This is not an e-mail address. It looks like name@example.com",
  not_a_date: "This is not a date",
  not_a_zone: "We do not know this time zone",
  not_our_page: "This page is out of date. Reload it",
};

/** Where there are no words here, the server's own sentence says what to do instead. */
export function inWords(refused: Refused): string {
  return WORDS[refused.code] ?? refused.detail.replace(/\.$/, "");
}
