// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MyAccount } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { AccountDialog } from "./people-dialog.tsx";

const AT = "2026-11-28T15:00:00Z";
const PROVE = { status: 403, said: { code: "prove_again", detail: "Type your password or a code first." } };
const MINE: MyAccount = { email: "ana@mercy.example", codes_left: 8, codes_since: AT, passkeys: [] };

const session = (id: string, is_this = false) => ({
  id,
  began_at: AT,
  seen_at: AT,
  ends_at: AT,
  device: "Chrome on Windows",
  source: "203.0.113.7",
  is_locked: false,
  is_this,
});

/** What the server says to each act; what is not here it says nothing to. */
let answers: Record<string, { status: number; said: unknown }[]>;
let asked: Asked[];
let box: HTMLElement;

beforeEach(async () => {
  clock.now.value = Date.parse(AT);
  answers = {
    "/account": [{ status: 200, said: MINE }],
    "/session/prove": [{ status: 200, said: { csrf: "x" } }],
    "/sessions": [{ status: 200, said: { sessions: [session("here", true), session("there")] } }],
    "/sessions/end": [{ status: 200, said: { sessions: [session("here", true)] } }],
  };
  asked = serve(({ path }) => answers[path]?.shift() ?? { status: 204, said: null });
  box = document.createElement("div");
  document.body.append(box);
  render(<AccountDialog onClose={() => {}} />, box);
  await settled();
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

const acts = () => asked.filter((one) => one.method !== "GET").map((one) => [one.path, one.body]);

function type(name: string, words: string): void {
  const field = box.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (!field) throw new Error(`no field ${name}`);
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

it("ends my sessions elsewhere", async () => {
  expect(box.querySelectorAll(".sessions li").length).toBe(2);
  await pressButton(box, "Sign out everywhere else");
  expect(acts()).toEqual([["/sessions/end", {}]]);
  expect(box.querySelectorAll(".sessions li").length).toBe(1);
});

it("asks who is there, makes new recovery codes, and shows them once", async () => {
  expect(box.textContent).toContain("8 of 10 left");
  const made = { codes: ["AAAA-BBBB-CCCC"], account: { ...MINE, codes_left: 10 } };
  answers["/account/recovery-codes"] = [PROVE, { status: 200, said: made }];
  await pressButton(box, "Make new recovery codes");
  type("secret", "a long walk by the lake");
  await pressButton(box, "Continue");
  expect(box.textContent).toContain("AAAA-BBBB-CCCC");
  expect(acts()).toEqual([
    ["/account/recovery-codes", {}],
    ["/session/prove", { password: "a long walk by the lake" }],
    ["/account/recovery-codes", {}],
  ]);
  await pressButton(box, "I have kept them");
  expect(box.textContent).not.toContain("AAAA-BBBB-CCCC");
  expect(box.textContent).toContain("10 of 10 left");
});

it("sets up another authenticator with a code of it", async () => {
  const fresh = { secret: "ABCD EFGH", address: "otpauth://totp/x", qr: { size: 33, path: "M4 4h1v1h-1z" } };
  answers["/account/authenticator"] = [{ status: 200, said: fresh }];
  const no = { status: 422, said: { code: "wrong_code", detail: "That code is not right." } };
  answers["/account/authenticator/confirm"] = [no, { status: 204, said: null }];
  await pressButton(box, "Set up another authenticator");
  expect(box.textContent).toContain("ABCD EFGH");
  type("code", "123 456");
  await pressButton(box, "Use this one");
  expect(box.querySelector("[role=alert]")?.textContent).toContain("code");
  await pressButton(box, "Use this one");
  expect(acts().slice(1)).toEqual([
    ["/account/authenticator/confirm", { code: "123456" }],
    ["/account/authenticator/confirm", { code: "123456" }],
  ]);
  expect(box.textContent).toContain("How I sign in");
});

it("changes my password, typed twice", async () => {
  await pressButton(box, "Change my password");
  type("password", "a long walk by the lake");
  type("fresh", "the heron stands in the reeds");
  type("again", "the heron stands in the weeds");
  await pressButton(box, "Change it");
  expect(box.querySelector("[role=alert]")?.textContent).toContain("not the same");
  type("again", "the heron stands in the reeds");
  await pressButton(box, "Change it");
  const words = { password: "a long walk by the lake", new: "the heron stands in the reeds" };
  expect(acts()).toEqual([["/account/password", words]]);
});

it("gives a passkey another name", async () => {
  const laptop = { id: "k", name: "Laptop", added_at: AT, used_at: null };
  answers["/account"] = [{ status: 200, said: { ...MINE, passkeys: [laptop] } }];
  answers["/account/passkeys/k"] = [{ status: 200, said: { ...MINE, passkeys: [{ ...laptop, name: "Work laptop" }] } }];
  render(null, box);
  render(<AccountDialog onClose={() => {}} />, box);
  await settled();
  await pressButton(box, "Rename");
  const field = box.querySelector("input");
  if (!field) throw new Error("no field");
  expect(field.value).toBe("Laptop");
  field.value = "Work laptop";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
  await pressButton(box, "Rename it");
  expect(acts()).toEqual([["/account/passkeys/k", { name: "Work laptop" }]]);
  expect(box.textContent).toContain("Work laptop");
});
