import { describe, expect, it } from "vitest";
import { colleague, event } from "../state/samples.ts";
import { lineOf } from "./events.ts";

const [sam, nia] = [colleague("sam", "Sam Okafor"), colleague("nia", "Nia Brooks")];

describe("a line of the timeline", () => {
  it("says who gave it to whom, and who that is to the reader", () => {
    expect(lineOf(event(1), "dana")).toBe("Sam Okafor assigned this to Nia Brooks");
    expect(lineOf(event(1), "sam")).toBe("You assigned this to Nia Brooks");
    expect(lineOf(event(1), "nia")).toBe("Sam Okafor assigned this to you");
    expect(lineOf(event(1, { by: nia }), "nia")).toBe("You took this on");
  });

  it("says who let it go, or lost it", () => {
    expect(lineOf(event(1, { kind: "released", to: sam }), "dana")).toBe("Sam Okafor gave this back to the team");
    expect(lineOf(event(1, { kind: "released" }), "nia")).toBe("Sam Okafor took this from you");
    expect(lineOf(event(1, { kind: "released", by: null }), "dana")).toBe(
      "Nia Brooks left the team, so this is nobody’s now",
    );
  });
});
