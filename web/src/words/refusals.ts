/** The server's no, in words that fit beside what the person did. */

import type { Refused } from "../http.ts";

const WORDS: Record<string, string> = {
  moved_on: "Somebody wrote in between",
  no_way_to_reach: "There is no way to reach this patient like this",
  no_plan: "Your clinic's plan does not include sending",
  no_consent: "The patient has not agreed to plain texts",
  empty: "There is nothing to send",
  too_long: "The message is too long",
  hidden_characters: "The text contains hidden characters",
  not_allowed: "You may not write in this team",
  unknown: "You no longer have access",
  wrong_sign_in: "E-mail and password do not match",
  wrong_code: "This code does not fit",
  too_many: "Too many tries. Wait a little",
  no_answer: "The server could not be reached",
  not_a_phone: "This is not a phone number",
  not_an_email: "This is not an e-mail address",
  not_a_date: "This is not a date",
  not_our_page: "This page is out of date. Reload it",
};

export function inWords(refused: Refused): string {
  return WORDS[refused.code] ?? refused.detail;
}
