import { describe, expect, it } from "vitest";
import { type Left, short, summary } from "./several.ts";

const left = (code: string, patient: string, detail = ""): Left => ({ code, patient, detail });

describe("what became of several", () => {
  it.each([
    ["done", 3, [], "3 done"],
    ["done", 2, [left("reason_needed", "Maria Garcia")], "2 done. 1 needs a reason: Maria G."],
    ["done", 0, [left("reason_needed", "Maria Garcia")], "1 needs a reason: Maria G."],
    [
      "done",
      0,
      ["Maria Garcia", "Earl Jones", "Ana Ruiz-Soto", "Tomás Rivera", "Bo"].map((name) => left("reason_needed", name)),
      "5 need a reason: Maria G., Earl J., Ana R. and 2 more.",
    ],
    [
      "snoozed",
      1,
      [left("conversation_closed", "Earl Jones"), left("unknown", "Bo")],
      "1 snoozed. 1 is done already: Earl J. 1 is not yours to open any more: Bo.",
    ],
    ["tagged", 1, [left("odd", "Bo", "It is the moon.")], "1 tagged. 1 not done (It is the moon): Bo."],
  ])("%s: %i, with %j", (did, count, refused, words) => {
    expect(summary(did, count, refused)).toBe(words);
  });

  it.each([
    ["Maria Garcia", "Maria G."],
    ["Ana Maria Ruiz", "Ana R."],
    ["Bo", "Bo"],
    ["", ""],
  ])("calls %j %j", (name, words) => expect(short(name)).toBe(words));
});
