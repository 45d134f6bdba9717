// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Refused } from "./http.ts";
import { PIECE, send } from "./imports.ts";

const asked: [method: string, path: string][] = [];
let answers: Record<string, () => Response> = {};
const run = (state: string, received: number) =>
  new Response(JSON.stringify({ id: "r", state, received }), { status: 200 });

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal("fetch", async (address: string, { method }: RequestInit) => {
    const path = address.replace("/api/v1", "");
    asked.push([method ?? "", path]);
    const answer = answers[`${method} ${path}`];
    if (!answer) throw new TypeError("nobody answers");
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const FILE = new File([new Uint8Array(PIECE + 5)], "Patients.csv");

it("sends a file piece by piece", async () => {
  answers = {
    "POST /imports": () => run("receiving", 0),
    "PUT /imports/r/file?at=0": () => run("receiving", PIECE),
    [`PUT /imports/r/file?at=${PIECE}`]: () => run("reading", PIECE + 5),
  };
  const told: number[] = [];

  expect((await send(FILE, (received) => told.push(received))).state).toBe("reading");
  expect(told).toEqual([PIECE, PIECE + 5]);
});

it("goes on from what has arrived where nobody answered", async () => {
  let isThere = false;
  answers = {
    "POST /imports": () => run("receiving", 0),
    "PUT /imports/r/file?at=0": () => {
      isThere = true;
      throw new TypeError("the answer is lost");
    },
    "GET /imports/r": () =>
      new Response(JSON.stringify({ run: { id: "r", state: "receiving", received: isThere ? PIECE : 0 } })),
    [`PUT /imports/r/file?at=${PIECE}`]: () => run("reading", PIECE + 5),
  };
  const sent = send(FILE, () => {});
  await vi.advanceTimersByTimeAsync(3_000);

  expect((await sent).state).toBe("reading");
  expect(asked.filter(([method]) => method === "PUT")).toHaveLength(2);
});

it("gives up where it is refused", async () => {
  const detail = "A list can have 50 MB.";
  answers = { "POST /imports": () => new Response(JSON.stringify({ code: "too_big", detail }), { status: 413 }) };

  await expect(send(FILE, () => {})).rejects.toBeInstanceOf(Refused);
});
