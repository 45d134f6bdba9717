import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const TEAM = "0198c2c4-0000-7000-8000-000000000001";
const THREAD = "0198c2c4-0000-7000-8000-000000000002";
const OPENS = `/inbox/${TEAM}/${THREAD}`;
const SCRIPT = readFileSync("web/notices/worker.js", "utf8");

interface Screen {
  url: string;
  visibilityState: string;
  focus: () => Promise<void>;
  postMessage: (data: { kind: string; opens?: string }, ports?: MessagePort[]) => void;
}

let heard: Record<string, (event: object) => void>;
let shown: [string, { tag: string; data: string }][];
let opened: string[];
let windows: Screen[];
let done: Promise<unknown>;

beforeEach(() => {
  [heard, shown, opened, windows] = [{}, [], [], []];
  const worker = {
    addEventListener: (name: string, act: (event: object) => void) => {
      heard[name] = act;
    },
    registration: { showNotification: async (...notice: (typeof shown)[number]) => void shown.push(notice) },
    clients: { matchAll: async () => windows, openWindow: async (path: string) => void opened.push(path) },
  };
  new Function("self", SCRIPT)(worker);
});

afterEach(() => vi.useRealTimers());

const waiting = {
  waitUntil: (work: Promise<unknown>) => {
    done = work;
  },
};

async function push(text: string): Promise<void> {
  heard.push?.({ ...waiting, data: { json: () => JSON.parse(text) } });
  await done;
}

async function press(opens: string): Promise<void> {
  heard.notificationclick?.({ ...waiting, notification: { data: opens, close() {} } });
  await done;
}

/** An open window that says whether it speaks; null: it does not answer. */
function screen(url: string, answer: boolean | null, visibilityState = "visible") {
  const said: object[] = [];
  const made: Screen & { said: object[] } = {
    url: `https://clinic.example${url}`,
    visibilityState,
    said,
    focus: async () => void said.push({ focused: true }),
    postMessage: (data, ports) => {
      if (data.kind !== "speaks") said.push(data);
      else if (answer !== null) ports?.[0]?.postMessage(answer);
    },
  };
  windows.push(made);
  return made;
}

const notice = (says: string, opens = OPENS) => JSON.stringify({ says, opens });

it("shows what it is told, and one of a conversation in the place of the other", async () => {
  await push(notice("New message in Front desk"));

  expect(shown).toEqual([["New message in Front desk", { tag: OPENS, data: OPENS, renotify: true }]]);
});

it("is silent where an open screen speaks, and only there", async () => {
  screen("/inbox/all", true);
  await push(notice("New message in Front desk"));
  expect(shown).toEqual([]);

  // A screen of another slot, a patient's page, a screen that is locked, and one that sleeps.
  windows = [];
  screen("/~2/inbox/all", true);
  screen("/m/thread", true);
  screen("/inbox", false);
  screen("/inbox/all", null);
  await push(notice("New message in Front desk"));
  expect(shown).toHaveLength(1);
});

it("shows what is quiet without a sound, and of several in a team the newest", async () => {
  await push(JSON.stringify({ says: "Assigned to you in Front desk", opens: OPENS, quiet: "yes" }));

  const quiet = { tag: `quiet /inbox/${TEAM}`, data: OPENS, silent: true };
  expect(shown).toEqual([["Assigned to you in Front desk", quiet]]);
});

it.each(["garbage", "null", notice("Ines called", "https://evil.example/"), notice("Ines called", "/m/secret")])(
  "shows what is none of ours without its words: %s",
  async (text) => {
    await push(text);

    expect(shown).toEqual([["New message", { tag: "/inbox", data: "/inbox", renotify: true }]]);
  },
);

it("opens a conversation in the screen that is looked at, else in a new one", async () => {
  await press(OPENS);
  expect(opened).toEqual([OPENS]);

  const hidden = screen("/inbox/all", true, "hidden");
  const seen = screen("/inbox/all", true);
  await press(OPENS);

  expect(opened).toEqual([OPENS]);
  expect(hidden.said).toEqual([]);
  expect(seen.said).toEqual([{ kind: "open", opens: OPENS }, { focused: true }]);
});
