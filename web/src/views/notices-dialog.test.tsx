// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import * as pushes from "../pushes.ts";
import { locked, me } from "../store.ts";
import * as threads from "../threads.ts";
import { NoticesDialog } from "./notices-dialog.tsx";

const THREAD = "0198c2c4-0000-7000-8000-000000000002";
const PATH = `/inbox/0198c2c4-0000-7000-8000-000000000001/${THREAD}`;
let box: HTMLElement;
let sent: [string, unknown][];
let permission: string;
let subscribed: { endpoint: string; options: object; unsubscribe: () => Promise<void> } | null;
let goesOn: boolean;
let hear: (event: object) => void;

const keys = { p256dh: "P", auth: "A" };
const manager = {
  getSubscription: async () => subscribed,
  subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
    const bytes = Uint8Array.from(applicationServerKey, (char) => char.charCodeAt(0));
    subscribed = made(bytes.buffer);
    return subscribed;
  },
};

function made(applicationServerKey: ArrayBuffer) {
  const endpoint = "https://push.example/x";
  const unsubscribe = async () => void sent.push(["unsubscribe", endpoint]);
  return { endpoint, options: { applicationServerKey }, unsubscribe, toJSON: () => ({ endpoint, keys }) };
}

beforeEach(() => {
  [sent, permission, subscribed, goesOn] = [[], "default", null, false];
  const registration = { active: {}, pushManager: manager };
  vi.stubGlobal("navigator", {
    serviceWorker: {
      register: async () => registration,
      getRegistration: async () => registration,
      addEventListener: (_: string, act: typeof hear) => {
        hear = act;
      },
      startMessages() {},
    },
  });
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", {
    get permission() {
      return permission;
    },
    requestPermission: async () => permission,
  });
  vi.stubGlobal("fetch", async (path: string, asked: RequestInit) => {
    sent.push([path.replace("/api/v1", ""), JSON.parse(String(asked.body))]);
    const body = path.endsWith("/resume") ? JSON.stringify({ on: goesOn }) : null;
    return new Response(body, { status: body ? 200 : 204, headers: { "content-type": "application/json" } });
  });
  me.value = { push_key: "AAAA" } as Me;
  pushes.standing.value = "off";
  box = document.createElement("div");
  document.body.append(box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  me.value = null;
  locked.value = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const deny = (): void => {
  permission = "denied";
};
const beInsecure = (): void => {
  vi.stubGlobal("isSecureContext", false);
};
const settle = () => new Promise((done) => setTimeout(done, 20));

async function open(): Promise<void> {
  render(<NoticesDialog onClose={() => {}} />, box);
  await settle();
}

async function press(words: string): Promise<void> {
  [...box.querySelectorAll("button")].find((each) => each.textContent === words)?.click();
  await settle();
}

const said = () => box.querySelector('[role="status"]')?.textContent ?? "";

it("asks the browser only when it is pressed, and tells the server", async () => {
  await open();
  expect(said()).toBe("Off on this browser.");
  expect(sent).toEqual([]);

  permission = "granted";
  await press("Switch on");

  expect(sent).toEqual([["/notices", { endpoint: "https://push.example/x", ...keys }]]);
  expect(said()).toContain("On: this browser tells you");

  await press("Switch off");
  expect(sent.at(-1)).toEqual(["/notices/off", { endpoint: "https://push.example/x" }]);
  expect(said()).toBe("Off on this browser.");
});

it("goes on where this person had switched it on, and not where somebody else had", async () => {
  permission = "granted";
  subscribed = made(new ArrayBuffer(0));
  await open();
  expect(said()).toBe("Off on this browser.");

  goesOn = true;
  await pushes.look();
  await settle();

  expect(said()).toContain("On: this browser tells you");
});

it("takes another subscription only where the server has another key", async () => {
  permission = "granted";
  subscribed = made(new Uint8Array([0, 0, 0]).buffer);
  await pushes.switchOn();
  expect(sent.map(([what]) => what)).toEqual(["/notices"]);

  me.value = { push_key: "BBBB" } as Me;
  await pushes.switchOn();
  expect(sent.map(([what]) => what)).toEqual(["/notices", "unsubscribe", "/notices"]);
});

it.each([
  ["blocked", "This browser blocks", deny],
  ["insecure", "Not possible at this address", beInsecure],
])("says why it is not possible: %s", async (_, words, arrange) => {
  arrange();
  await open();

  expect(said()).toContain(words);
  expect([...box.querySelectorAll("button")].map((each) => each.textContent)).not.toContain("Switch on");
});

it("speaks where it is looked at, and not while it is locked; what a notice is pressed for waits for the unlocking", async () => {
  const opened = vi.spyOn(threads, "open").mockResolvedValue();
  pushes.watch();
  const answers: boolean[] = [];
  const ports = [{ postMessage: (answer: boolean) => answers.push(answer) }];

  hear({ data: { kind: "speaks" }, ports });
  locked.value = { who: null, clinic: "" };
  hear({ data: { kind: "speaks" }, ports });
  hear({ data: { kind: "open", opens: PATH } });

  expect(answers).toEqual([true, false]);
  expect(opened).not.toHaveBeenCalled();
  locked.value = null;
  expect(opened).toHaveBeenCalledWith(THREAD);
});
