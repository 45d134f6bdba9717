// @vitest-environment happy-dom
import { render } from "preact";
import { beforeEach, expect, it } from "vitest";
import type { SignOnSetting } from "../../../realtime/client/wire.gen.ts";
import * as desk from "../sign-on.ts";
import { type Asked, pressButton, serve, settled } from "../stage.ts";
import { SignOn } from "./sign-on.tsx";

const EMPTY: SignOnSetting = {
  provider: null,
  on: false,
  only: false,
  two_steps: false,
  break_glass: ["Ana Ruiz"],
  back: "https://b.example/sign-in/single/1",
};
const PROVIDER = { issuer: "https://id.example.com", client_id: "bloomtext", domains: ["clinic.com"] };
const box = document.createElement("div");
let now: SignOnSetting;
let asked: Asked[];

beforeEach(() => {
  render(null, box);
  document.body.append(box);
  desk.setting.value = null;
  asked = serve(({ method, path, body }) => {
    if (path === "/sign-on/test") return { status: 200, said: { why: "no_pkce" } };
    if (method === "PUT") now = { ...now, provider: PROVIDER };
    if (path === "/sign-on/turn") now = { ...now, ...body };
    return { status: 200, said: now };
  });
});

async function open(setting: SignOnSetting): Promise<void> {
  now = setting;
  render(<SignOn onClose={() => undefined} />, box);
  await settled();
}

const type = (name: string, value: string) => {
  (box.querySelector(`[name=${name}]`) as HTMLInputElement).value = value;
};
const checks = () => [...box.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
const check = async (words: string) => {
  checks()
    .find((each) => each.closest("label")?.textContent?.includes(words))
    ?.click();
  await settled();
};

it("shows where the provider sends people back to, and keeps what is typed but not the secret", async () => {
  await open(EMPTY);
  expect(checks()).toEqual([]);
  expect(box.querySelector<HTMLInputElement>("input[readonly]")?.value).toBe(EMPTY.back);
  type("issuer", " https://id.example.com ");
  type("client", "bloomtext");
  type("client-secret", "s3cret");
  type("domains", "clinic.com, other.com");

  await pressButton(box, "Keep the provider");

  const wish = { ...PROVIDER, domains: ["clinic.com", "other.com"], secret: "s3cret" };
  expect(asked.at(-1)).toEqual({ method: "PUT", path: "/sign-on", body: wish });
  expect(box.querySelector<HTMLInputElement>("[name=client-secret]")?.value).toBe("");
  expect(checks()).toHaveLength(3);
});

it("switches each thing and leaves the others as they are", async () => {
  await open({ ...EMPTY, provider: PROVIDER });
  expect(checks().map((each) => each.disabled)).toEqual([false, true, true]);

  await check("is on");
  await check("second factor");
  await check("Nobody signs in otherwise");
  expect(box.textContent).toContain("these admins still can with a password: Ana Ruiz");
  await check("is on");

  expect(asked.filter(({ path }) => path === "/sign-on/turn").map(({ body }) => body)).toEqual([
    { on: true, only: false, two_steps: false },
    { on: true, only: false, two_steps: true },
    { on: true, only: true, two_steps: true },
    { on: false, only: false, two_steps: true },
  ]);
});

it("says what is wrong with the provider", async () => {
  await open({ ...EMPTY, provider: PROVIDER });
  await pressButton(box, "Test the provider");
  expect(box.querySelector("[role=status]")?.textContent).toContain("it cannot do PKCE with S256");
});
