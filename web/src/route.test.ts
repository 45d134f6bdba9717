// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { addressOf, placeOf } from "./route.ts";

describe("addresses", () => {
  it("go there and back", () => {
    const place = { team: "t1", view: "done", conversation: "c1", strays: false } as const;
    expect(addressOf(place)).toBe("/inbox/t1/c1?view=done");
    expect(placeOf("/inbox/t1/c1", "?view=done")).toEqual(place);
  });

  it("of unknown senders have no view", () => {
    const place = { team: "t1", view: "needs_reply", conversation: null, strays: true } as const;
    expect(addressOf(place)).toBe("/inbox/t1?strays");
    expect(placeOf("/inbox/t1", "?strays")).toEqual(place);
  });

  it("begin at all teams and Needs reply", () => {
    const start = { team: "all", view: "needs_reply", conversation: null, strays: false };
    expect(placeOf("/", "")).toEqual(start);
    expect(placeOf("/inbox", "?view=nonsense")).toEqual(start);
  });
});
