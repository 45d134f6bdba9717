/** What an administrator decides for the whole clinic. Each raises `Refused`. */

import { ask } from "./http.ts";

export const setClaimLength = (minutes: number) =>
  ask<{ minutes: number }>("POST", "/organization/claim-length", { minutes });
export const setPrivateWords = (words: { more: string[]; fewer: string[] }) =>
  ask<{ more: string[]; fewer: string[] }>("POST", "/organization/private-words", words);
export const setUndoTime = (seconds: number) =>
  ask<{ seconds: number }>("POST", "/organization/undo-time", { seconds });
export const setReviewAge = (years: number) => ask<{ years: number }>("POST", "/organization/review-age", { years });
