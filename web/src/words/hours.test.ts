import { describe, expect, it } from "vitest";
import type { TeamHours } from "../../../realtime/client/wire.gen.ts";
import { another, patientsSee, usual, wrongDay } from "./hours.ts";

const NOW = Date.parse("2026-11-28T21:00:00Z");

function team(changesAt: string | null, isOpen = false): TeamHours {
  const now = { is_open: isOpen, changes_at: changesAt };
  const openings = { openings_from: "2026-10-24T05:00:00Z", openings: [], on_call: [], on_call_changes_at: null };
  return {
    team: "front",
    name: "Front desk",
    zone: "America/Chicago",
    hours: usual(),
    now,
    can_change: false,
    ...openings,
  };
}

describe("what patients see", () => {
  it("is said while the clinic is closed, by its own clock", () => {
    expect(patientsSee(team("2026-11-30T14:00:00Z"), NOW)).toBe("closed until Monday, 8:00 AM");
    expect(patientsSee(team("2026-11-28T22:30:00Z"), NOW)).toBe("closed until 4:30 PM");
    expect(patientsSee(team("2026-12-07T14:00:00Z"), NOW)).toBe("closed until December 7, 8:00 AM");
    expect(patientsSee(team(null), NOW)).toBe("closed");
  });

  it("is nothing of note while it is open, or where nobody has said", () => {
    expect(patientsSee(team("2026-11-28T23:00:00Z", true), NOW)).toBeNull();
    expect(patientsSee({ ...team(null), now: null }, NOW)).toBeNull();
  });
});

describe("a week", () => {
  const office = { opens: "08:00", closes: "12:00" };

  it("is wrong where a time ends before it begins, or in the next one", () => {
    expect(wrongDay(usual().week)).toBeNull();
    expect(wrongDay([[], [{ opens: "09:00", closes: "09:00" }]])).toBe("Tuesday");
    expect(wrongDay([[{ opens: "11:00", closes: "17:00" }, office]])).toBe("Monday");
    expect(wrongDay([[{ opens: "12:00", closes: "17:00" }, office]])).toBeNull();
  });

  it("goes on after what there is", () => {
    expect(another([])).toEqual({ opens: "08:00", closes: "17:00" });
    expect(wrongDay([[office, another([office])]])).toBeNull();
  });
});
