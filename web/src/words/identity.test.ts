import { expect, it } from "vitest";
import type { Unconfirmed } from "../../../realtime/client/wire.gen.ts";
import { parts, unconfirmed } from "./identity.ts";
import { useZone } from "./time.ts";

useZone("UTC");
const NOW = Date.parse("2026-11-23T15:00:00Z");
const said = (change: Partial<Unconfirmed> = {}): Unconfirmed => ({
  tries: 3,
  differs: ["day"],
  paused_until: null,
  ...change,
});

it("says how often and in what", () => {
  expect(unconfirmed(said(), NOW)).toBe("Could not confirm identity (3 tries). Typed dates differ in the day only.");
  expect(unconfirmed(said({ tries: 4, differs: [] }), NOW)).toBe("Could not confirm identity (4 tries).");
});

it("says until when nothing is read, and only until then", () => {
  const paused = said({ tries: 5, differs: [], paused_until: "2026-11-23T16:00:00Z" });
  expect(unconfirmed(paused, NOW)).toBe("Could not confirm identity (5 tries). Paused until 4:00 PM.");
  expect(unconfirmed(paused, NOW + 3_600_000)).toBe("Could not confirm identity (5 tries).");
  const long = said({ tries: 0, differs: [], paused_until: "2026-11-24T15:00:00Z" });
  expect(unconfirmed(long, NOW)).toBe("Somebody wants to open a paused link. Paused until Tue, Nov 24 at 3:00 PM.");
});

it("names the parts of a date", () => {
  expect(parts(["day", "month"])).toBe("the day and the month");
  expect(parts(["day", "month", "year"])).toBe("every part");
});
