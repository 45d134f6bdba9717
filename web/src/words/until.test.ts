import { expect, test } from "vitest";
import { until, useZone } from "./time.ts";

test("until when something can be done names the day where it is another one", () => {
  useZone("America/Chicago");
  const now = Date.parse("2026-11-27T23:13:00Z"); // Friday, 5:13 PM there.

  expect(until(Date.parse("2026-11-28T05:59:00Z"), now)).toBe("11:59 PM");
  expect(until(Date.parse("2026-11-28T06:01:00Z"), now)).toBe("tomorrow at 12:01 AM");
  expect(until(now + 24 * 3_600_000, now)).toBe("tomorrow at 5:13 PM");
  expect(until(now + 3 * 24 * 3_600_000, now)).toBe("Monday at 5:13 PM");
  expect(until(now + 8 * 24 * 3_600_000, now)).toBe("Dec 5 at 5:13 PM");
});
