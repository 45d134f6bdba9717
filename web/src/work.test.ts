// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../realtime/client/wire.gen.ts";
import { colleague, event, row, waiting } from "./state/samples.ts";
import { me, place, said, toasts } from "./store.ts";
import * as work from "./work.ts";

let asked: string[];
const nia = colleague("nia", "Nia Brooks");
const soon = () => new Date(Date.now() + 60_000).toISOString();

beforeEach(() => {
  me.value = { user: { id: "nia", name: "Nia Brooks" }, teams: [{ id: "front", is_member: true }] } as unknown as Me;
  asked = [];
  toasts.value = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address.replace("/api/v1", ""));
    return new Response(JSON.stringify(waiting("x", 1, 0)), { status: 200 });
  });
});

afterEach(() => vi.unstubAllGlobals());

describe("beginning to answer", () => {
  it("claims what waits and is nobody's, once", async () => {
    await Promise.all([work.claimSoftly(waiting("a", 1)), work.claimSoftly(waiting("a", 1))]);
    expect(asked).toEqual(["/conversations/a/claim"]);
  });

  it("claims nothing that is a colleague's, mine for good, answered, or only observed", async () => {
    await work.claimSoftly({ ...waiting("b", 1), assignee: colleague("sam", "Sam"), claimed_until: soon() });
    await work.claimSoftly({ ...waiting("c", 1), assignee: nia });
    await work.claimSoftly(row("d"));
    me.value = { ...(me.value as Me), teams: [{ id: "front", is_member: false }] as Me["teams"] };
    await work.claimSoftly(waiting("f", 1));
    expect(asked).toEqual([]);
  });

  it("holds on to my claim, not more than once a minute", async () => {
    const mine = { ...waiting("g", 1), assignee: nia, claimed_until: soon() };
    await work.claimSoftly(mine);
    await work.claimSoftly(mine);
    expect(asked).toEqual(["/conversations/g/claim"]);
  });
});

describe("texts that stop in the conversation that I have open", () => {
  it("are spoken of, and those of another one are not", () => {
    const heard = (id: string, ...events: ReturnType<typeof event>[]) =>
      work.heard({ kind: "conversation.changed", n: 1, row: row(id), events });
    const stopped = event(1, { kind: "texts_off", by: null, why: "keyword" });
    place.value = { team: "front", view: "open", conversation: "a", strays: false };
    said.value = "";
    heard("b", stopped);
    heard("a", event(1, { kind: "contact", why: "phone" }));
    expect(said.value).toBe("");
    heard("a", stopped);
    expect(said.value).toBe("Texts stopped: asked for by text");
  });
});

describe("what a colleague gives me", () => {
  const heard = (...events: ReturnType<typeof event>[]) =>
    work.heard({ kind: "conversation.changed", n: 1, row: row("a"), events });

  it("is told with a way to it", () => {
    heard(event(1));
    expect(toasts.value).toMatchObject([
      { words: "Sam Okafor assigned Maria Garcia to you", open: expect.any(Function) },
    ]);
  });

  it("is not told where I took it, or it is somebody else's", () => {
    heard(event(1, { by: nia }), event(2, { to: colleague("dana", "Dana") }));
    expect(toasts.value).toEqual([]);
  });
});
