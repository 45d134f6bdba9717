// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../realtime/client/wire.gen.ts";
import * as attaching from "./attaching.ts";
import * as desk from "./desk.ts";
import { wouldLose } from "./drafts.ts";
import { settled } from "./stage.ts";
import { message, thread as page } from "./state/samples.ts";
import { fromSnapshot } from "./state/thread.ts";
import { me, pending, place, thread, toasts, uploads } from "./store.ts";

interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

let asked: Asked[] = [];
let count = 0;
let lab = { id: "", name: "lab.pdf", size: 9 };

function answer({ method, path, body }: Asked): [number, unknown] {
  if (method === "DELETE") return [204, null];
  if (path.endsWith("/uploads")) return [201, { id: `id of ${body.name}`, received: 9, state: "kept" }];
  return [201, message(2, { key: String(body.key) })];
}

beforeEach(() => {
  asked = [];
  count += 1;
  lab = { ...lab, id: `u${count}` };
  toasts.value = [];
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  thread.value = fromSnapshot(page([message(1)]), null);
  me.value = { limits: { body: 5000, plain: 1000, undo_seconds: 0 }, teams: [], user: { id: "dana" } } as unknown as Me;
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const body = typeof request.body === "string" ? JSON.parse(request.body) : {};
    const one = { method: request.method ?? "GET", path: address.replace("/api/v1", ""), body };
    asked.push(one);
    const [status, said] = answer(one);
    return new Response(status === 204 ? null : JSON.stringify(said), { status });
  });
});

afterEach(() => {
  attaching.carrier.forget(uploads.value.map((each) => each.key));
  vi.unstubAllGlobals();
});

const here = () => attaching.added("a").map((each) => each.name);

describe("a file that the server has of mine", () => {
  it("is there after a reload, holds nobody back, and goes with the message, once", async () => {
    for (let turn = 0; turn < 2; turn += 1) attaching.take("a", [lab]);
    expect(attaching.added("a")).toMatchObject([{ name: "lab.pdf", state: "kept", file: { size: 9 } }]);
    expect(wouldLose()).toBe(false);
    expect(asked).toEqual([]);

    desk.send("a", "secure_sms", "");
    await settled();
    expect(asked.find((each) => each.path.endsWith("/messages"))?.body).toMatchObject({ files: [lab.id] });
    expect(pending.value).toEqual([]);
    attaching.take("a", [lab]);
    expect(here()).toEqual([]);
  });

  it("is taken out here for good", async () => {
    attaching.take("a", [lab]);
    attaching.remove(attaching.added("a")[0]?.key ?? "");
    await settled();
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([`DELETE /uploads/${lab.id}`]);
    attaching.take("a", [lab]);
    expect(here()).toEqual([]);
  });

  it("is here no more where another screen sent it, and stays with its conversation", () => {
    attaching.take("b", [lab]);
    expect(here()).toEqual([]);
    attaching.take("b", []);
    expect(uploads.value).toEqual([]);
  });

  it("is not forgotten for an answer that was made before it came", async () => {
    attaching.attach("a", [new File(["%PDF-1.7 "], "new.pdf", { type: "application/pdf" })]);
    await settled();
    attaching.take("a", []);
    expect(here()).toEqual(["new.pdf"]);
  });

  it("is to be added again where a message is undone that it was added to elsewhere", () => {
    attaching.take("a", [lab]);
    attaching.went("m", [attaching.added("a")[0]?.key ?? ""]);
    attaching.bringBack("a", "m");
    expect(here()).toEqual([]);
    expect(toasts.value.map((each) => each.words)).toEqual(["Add lab.pdf again: it was added on another screen"]);
  });
});
