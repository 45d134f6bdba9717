import { describe, expect, it } from "vitest";
import { dateIn, instantOf, nameOfZone, quickTimes, showSameTime, theirTime, timeIn } from "./zones.ts";

const at = (date: string, time: string, zone: string) => new Date(instantOf(date, time, zone)).toISOString();

describe("a time on a patient's wall", () => {
  it.each([
    ["2026-11-24", "08:00", "America/Chicago", "2026-11-24T14:00:00.000Z"],
    ["2026-07-01", "08:00", "America/Chicago", "2026-07-01T13:00:00.000Z"],
    ["2026-07-01", "08:00", "America/Phoenix", "2026-07-01T15:00:00.000Z"],
    ["2026-12-31", "23:59", "Pacific/Honolulu", "2027-01-01T09:59:00.000Z"],
    ["2027-03-14", "08:00", "America/Chicago", "2027-03-14T13:00:00.000Z"],
    ["2026-11-01", "08:00", "America/Chicago", "2026-11-01T14:00:00.000Z"],
  ])("%s %s in %s is %s", (date, time, zone, instant) => {
    expect(at(date, time, zone)).toBe(instant);
  });

  it("that comes twice is the first one", () => {
    expect(at("2026-11-01", "01:30", "America/Chicago")).toBe("2026-11-01T06:30:00.000Z");
  });

  it("that is skipped comes as much later as clocks jump", () => {
    expect(at("2027-03-14", "02:30", "America/Chicago")).toBe("2027-03-14T08:30:00.000Z");
    expect(timeIn("America/Chicago", instantOf("2027-03-14", "02:30", "America/Chicago"))).toBe("03:30");
  });

  it("may be one without a midnight", () => {
    expect(at("2026-04-24", "00:00", "Africa/Cairo")).toBe("2026-04-23T22:00:00.000Z");
  });

  it("is nothing while nothing is chosen", () => {
    expect(instantOf("", "08:00", "America/Chicago")).toBeNaN();
    expect(instantOf("2026-11-24", "", "America/Chicago")).toBeNaN();
  });
});

describe("the usual times", () => {
  const words = (now: string, zone = "America/Chicago") => quickTimes(zone, Date.parse(now)).map((each) => each.words);

  it("offer today only while it is not over for the patient", () => {
    expect(words("2026-11-24T18:00:00Z")).toEqual(["Later today, 4:00 PM", "Tomorrow, 8:00 AM", "Monday, 8:00 AM"]);
    expect(words("2026-11-24T23:00:00Z")).toEqual(["Tomorrow, 8:00 AM", "Monday, 8:00 AM"]);
  });

  it("do not offer tomorrow twice", () => {
    expect(words("2026-11-29T23:00:00Z")).toEqual(["Tomorrow, 8:00 AM"]);
  });

  it("mean the next Monday also on a Monday, by the patient's calendar", () => {
    const [, , monday] = quickTimes("America/Chicago", Date.parse("2026-11-23T18:00:00Z"));
    expect(monday).toMatchObject({ date: "2026-11-30", time: "08:00" });
    expect(dateIn("Pacific/Auckland", Date.parse("2026-11-24T18:00:00Z"))).toBe("2026-11-25");
  });
});

describe("zones", () => {
  it("are named, and compared by what their clocks show", () => {
    const noon = Date.parse("2026-11-24T18:00:00Z");
    expect(nameOfZone("America/Chicago", noon)).toBe("Central Time");
    expect(showSameTime("America/Denver", "America/Phoenix", noon)).toBe(true);
    expect(showSameTime("America/Denver", "America/Phoenix", Date.parse("2026-07-01T18:00:00Z"))).toBe(false);
  });
});

describe("the patient's own time of a message", () => {
  const at = "2026-11-23T15:02:00Z";

  it("is said with its zone where their clock shows another one", () => {
    const said = theirTime(at, "Maria", "America/New_York", "America/Chicago").replaceAll("\u202f", " ");
    expect(said).toBe("for Maria: Mon, Nov 23, 10:02 AM, Eastern Time");
  });

  it("is not said where it is the same, whatever the zone is called", () => {
    expect(theirTime(at, "Maria", "America/Chicago", "America/Chicago")).toBe("");
    expect(theirTime(at, "Maria", "America/Winnipeg", "America/Chicago")).toBe("");
  });
});
