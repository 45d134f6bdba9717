// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { addressOf, addressOfDirectory, directoryOf, placeOf } from "./route.ts";
import { strangeIn } from "./state/filters.ts";

describe("addresses", () => {
  it("go there and back", () => {
    const place = { team: "t1", view: "done", conversation: "c1", strays: false } as const;
    expect(addressOf(place)).toBe("/inbox/t1/c1?view=done");
    expect(placeOf("/inbox/t1/c1", "?view=done")).toEqual(place);
  });

  it("keep the tag by its id, and nothing that is none", () => {
    const tag = "01a21c6a-4c9d-70b3-939c-2ebd8152954b";
    const place = { team: "t1", view: "mine", conversation: null, strays: false, tag } as const;
    expect(addressOf(place)).toBe(`/inbox/t1?view=mine&tag=${tag}`);
    expect(placeOf("/inbox/t1", `?view=mine&tag=${tag}`)).toEqual(place);
    expect(placeOf("/inbox/t1", "?tag=Ines")).not.toHaveProperty("tag");
  });

  it("keep every filter, and nothing that is none", () => {
    const assignee = "01a21c6a-4c9d-70b3-939c-2ebd8152954b";
    const start = { team: "t1", view: "needs_reply", conversation: null, strays: false } as const;
    const place = { ...start, assignee, language: "es", way: "sms", waiting: 90 } as const;
    expect(addressOf(place)).toBe(`/inbox/t1?assignee=${assignee}&language=es&way=sms&waiting=90`);
    expect(placeOf("/inbox/t1", `?waiting=90&assignee=${assignee}&way=sms&language=es`)).toEqual(place);
    for (const strange of ["language=fr", "way=portal", "waiting=0", "waiting=10081", "waiting=1h", "assignee=Sam"]) {
      expect(placeOf("/inbox/t1", `?${strange}`)).toEqual(start);
      expect(strangeIn(new URLSearchParams(strange))).toEqual([strange.split("=")[0]]);
    }
    expect(strangeIn(new URLSearchParams("view=open&language=es&waiting=10080"))).toEqual([]);
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

describe("addresses of the directory", () => {
  const patient = "01a21c6a-4c9d-70b3-939c-2ebd8152954b";

  it("go there and back", () => {
    const entry = { tab: "patients", sort: "name", patient } as const;
    expect(addressOfDirectory(entry)).toBe(`/directory/${patient}?sort=name`);
    expect(directoryOf(`/directory/${patient}`, "?sort=name")).toEqual(entry);
    expect(directoryOf("/directory", "?sort=archived")?.sort).toBe("archived");
    const tagged = { tab: "patients", sort: "recent", patient: null, tag: patient } as const;
    expect(addressOfDirectory(tagged)).toBe(`/directory?tag=${patient}`);
    expect(directoryOf("/directory", `?tag=${patient}`)).toEqual(tagged);
    expect(directoryOf("/directory", "?tag=Diabetes")).not.toHaveProperty("tag");
    const coworkers = { tab: "coworkers", sort: "recent", patient: null } as const;
    expect(addressOfDirectory(coworkers)).toBe("/directory?tab=coworkers");
    expect(directoryOf("/directory", "?tab=coworkers")).toEqual(coworkers);
  });

  it("begin at the patients of lately, and hold no name", () => {
    expect(directoryOf("/directory/Maria", "?tab=x&sort=y")).toEqual({
      tab: "patients",
      sort: "recent",
      patient: null,
    });
  });

  it("and those of the inbox are two things", () => {
    expect(directoryOf("/inbox/t1/c1", "")).toBeNull();
    expect(placeOf(`/directory/${patient}`, "")).toMatchObject({ team: "all", conversation: null });
  });
});
