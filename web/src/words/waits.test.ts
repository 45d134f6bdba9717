import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { Opening, TeamHours } from "../../../realtime/client/wire.gen.ts";
import { usual } from "./hours.ts";
import { momentAfter, openTime } from "./open-time.ts";
import { useZone } from "./time.ts";
import { waitOf } from "./waits.ts";

interface Golden {
  what: string;
  since: string;
  now: string;
  openings: Opening[];
  minutes: number;
}

const MINUTE = 60_000;
const GOLDEN: Golden[] = JSON.parse(readFileSync(new URL("../../../tests/wire/waits.json", import.meta.url), "utf8"));

beforeEach(() => useZone("America/Chicago"));

describe("open time", () => {
  it.each(GOLDEN)("$what: is what a clock shows that is looked at every minute", (case_) => {
    const [since, now] = [Date.parse(case_.since), Date.parse(case_.now)];
    expect(openTime(case_.openings, since, now)).toBe(case_.minutes * MINUTE);
  });

  it.each(GOLDEN)("$what: has passed at the moment that is named for it, and no sooner", ({ openings, since }) => {
    const asked = Date.parse(since);
    for (const minutes of [1, 30, 300, 540]) {
      const at = momentAfter(openings, asked, minutes * MINUTE);
      if (at === null) continue;
      expect(openTime(openings, asked, at)).toBe(minutes * MINUTE);
      expect(openTime(openings, asked, at - MINUTE)).toBe((minutes - 1) * MINUTE);
    }
  });

  it("is never so much where nobody is ever there", () => {
    expect(momentAfter([], 0, MINUTE)).toBeNull();
  });
});

/** Open 8 to 5 in Chicago from Monday, Nov 23 to Friday, closed on Thursday, and again on Monday. */
const WEEK: Opening[] = ["23", "24", "25", "27", "30"].map((day) => ({
  opens: `2026-11-${day}T14:00:00Z`,
  closes: `2026-11-${day}T23:00:00Z`,
}));

function team(goal: number | null = null, openings = WEEK): TeamHours {
  return {
    team: "front",
    name: "Front desk",
    zone: "America/Chicago",
    hours: { ...usual(), goal_minutes: goal },
    now: null,
    can_change: false,
    openings_from: "2026-11-20T06:00:00Z",
    openings,
    on_call: [],
    on_call_changes_at: null,
  };
}

/** What is said of a question of one time of the clinic's clock at another one, `day hour:minute` of November. */
function said(asked: string, looked: string, hours: TeamHours | null = team()) {
  const at = (text: string) => new Date(`2026-11-${text.replace(" ", "T")}:00-06:00`);
  const { short, mark, tone, said } = waitOf(at(asked).toISOString(), hours ?? undefined, at(looked).getTime());
  return [short, mark, tone, said].map((each) => each?.replaceAll("\u202f", " ") ?? null);
}

describe("a question", () => {
  it("of an open hour waits as long as the wall says", () => {
    expect(said("24 09:10", "24 09:22")).toEqual(["12 min", null, "calm", "Waiting 12 min. Asked today at 9:10 AM."]);
    expect(said("24 09:10", "24 09:10")[3]).toBe("Waiting less than a minute. Asked today at 9:10 AM.");
  });

  it("of the night has a clock that starts in the morning", () => {
    expect(said("23 22:40", "23 23:00").slice(0, 3)).toEqual(["from tonight", "Clock starts 8:00 AM", "calm"]);
    expect(said("23 22:40", "24 01:00")[0]).toBe("from tonight");
    expect(said("23 22:40", "24 07:00")).toEqual([
      "from last night",
      "Clock starts 8:00 AM",
      "calm",
      "No open time has passed yet. Asked yesterday at 10:40 PM, 8 h ago. The clock starts today at 8:00 AM.",
    ]);
    expect(said("23 22:40", "24 08:20")).toEqual([
      "20 min",
      null,
      "calm",
      "Waiting 20 min of open time. Asked yesterday at 10:40 PM, 9 h ago.",
    ]);
  });

  it("of before closing rests until the team is back, over holidays and weekends", () => {
    expect(said("25 16:50", "25 20:00").slice(0, 2)).toEqual(["10 min", "Paused until Fri, 8:00 AM"]);
    expect(said("25 16:50", "30 09:00").slice(0, 2)).toEqual(["10 h", null]);
    expect(said("28 12:00", "29 12:00").slice(0, 2)).toEqual(["from yesterday", "Clock starts 8:00 AM"]);
  });

  it("is due when most of the goal has passed, and then overdue: in words", () => {
    const goal = team(120);
    expect(said("24 15:30", "24 16:00", goal)).toEqual([
      "30 min",
      null,
      "calm",
      "Waiting 30 min. Asked today at 3:30 PM. An answer is due on Wed, Nov 25 at 8:30 AM.",
    ]);
    expect(said("24 15:30", "24 17:30", goal).slice(0, 3)).toEqual(["1 h", "Due by 8:30 AM", "due"]);
    expect(said("24 15:30", "25 08:30", goal).slice(0, 3)).toEqual(["2 h", "Overdue", "overdue"]);
    expect(said("24 15:30", "25 09:10", goal)).toEqual([
      "2 h",
      "Overdue 40 min",
      "overdue",
      "Waiting 2 h of open time. Asked yesterday at 3:30 PM, 17 h ago. Overdue 40 min.",
    ]);
  });

  it("waits by the wall where nobody has said any hours, or it is older than they are told for", () => {
    expect(said("23 22:40", "24 07:00", null).slice(0, 3)).toEqual(["8 h", null, "calm"]);
    expect(said("23 22:40", "24 07:00", team(60, [])).slice(0, 3)).toEqual(["8 h", null, "calm"]);
    expect(said("10 12:00", "24 12:00", team(60)).slice(0, 3)).toEqual(["14 d", "Overdue", "overdue"]);
  });
});
