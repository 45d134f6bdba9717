// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../../realtime/client/wire.gen.ts";
import * as attaching from "../attaching.ts";
import * as desk from "../desk.ts";
import { hasUnsentWords } from "../drafts.ts";
import * as outgoing from "../outgoing.ts";
import * as recalls from "../recalls.ts";
import { type Asked, serve, settled } from "../stage.ts";
import { file, message, thread as page, patient } from "../state/samples.ts";
import { fromSnapshot } from "../state/thread.ts";
import {
  dialog,
  draftOf,
  drafts,
  keepDraft,
  lastOfMine,
  me,
  pending,
  place,
  thread,
  toasts,
  uploads,
} from "../store.ts";
import { Composer } from "./composer.tsx";

const yes = { can: true, why: null };
let asked: Asked[] = [];
let isDown = false;
let verdict = { state: "kept", words: "" };
let box: HTMLElement;

function answer({ method, path, body }: Asked): { status: number; said: unknown } {
  if (isDown) throw new TypeError("no network");
  if (method === "POST" && path.endsWith("/uploads")) {
    return { status: 201, said: { id: `id of ${body.name}`, received: 0, state: "receiving" } };
  }
  if (method === "PUT") return { status: 200, said: { id: path.split(/[/?]/)[2], received: 9, ...verdict } };
  if (method === "GET" && path.startsWith("/uploads/")) {
    const id = path.split("/")[2] ?? "";
    const kind = id.endsWith("pdf") ? "document" : "picture";
    return { status: 200, said: { id, received: 9, ...verdict, file: file({ id, kind }) } };
  }
  if (method === "DELETE") return { status: 204, said: null };
  if (path.endsWith("/recall")) return { status: 200, said: message(2, { rev: 2 }) };
  return { status: 201, said: message(2, { key: String(body.key) }) };
}

const of = (method: string) => asked.filter((each) => each.method === method);
const posts = () => asked.filter((each) => each.path.endsWith("/messages"));
const pdf = (name = "lab.pdf") => new File(["%PDF-1.7 "], name, { type: "application/pdf" });
const send = () => box.querySelector<HTMLButtonElement>("button[type=submit]");

async function show(via: "sms" | null = null): Promise<void> {
  thread.value = fromSnapshot(
    page([message(1)], { patient: patient({ ways: { sms: yes, secure_sms: yes, secure_email: yes } }) }),
    null,
  );
  keepDraft("a", { body: "", via });
  render(<Composer open={thread.value} />, box);
  await settled();
}

beforeEach(() => {
  isDown = false;
  verdict = { state: "kept", words: "" };
  box = document.createElement("div");
  document.body.append(box);
  for (const entry of pending.value) outgoing.drop(entry.key);
  attaching.carrier.forget(uploads.value.map((each) => each.key));
  drafts.value = new Map();
  lastOfMine.value = new Map();
  dialog.value = null;
  place.value = { team: "front", view: "open", conversation: "a", strays: false };
  me.value = {
    limits: { body: 5000, plain: 1000, undo_seconds: 5 },
    teams: [],
    organization: { plan: "paid" },
    user: { id: "dana" },
  } as unknown as Me;
  asked = serve(answer);
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

describe("a file in the composer", () => {
  it("is sent at once, and goes with the message, which needs no words", async () => {
    await show();
    expect(send()?.disabled).toBe(true);
    attaching.attach("a", [pdf()]);
    await settled();
    expect(of("POST")[0]).toMatchObject({ path: "/conversations/a/uploads", body: { name: "lab.pdf", size: 9 } });
    expect(box.textContent).toContain("ready");
    expect(box.textContent).toContain("Who can see this: Maria");
    expect(hasUnsentWords.value).toBe(true);
    expect(send()?.disabled).toBe(false);

    desk.send("a", "secure_sms", "");
    await settled();
    expect(posts()[0]?.body).toMatchObject({ body: "", files: ["id of lab.pdf"] });
    expect(uploads.value).toEqual([]);
    expect(hasUnsentWords.value).toBe(false);
  });

  it("is looked at before it goes, as it will arrive", async () => {
    await show();
    attaching.attach("a", [pdf(), new File(["jpeg"], "arm.JPG", { type: "image/jpeg" }), pdf("notes.txt")]);
    await settled();
    const looks = [...box.querySelectorAll<HTMLButtonElement>(".attachment .look")];
    expect(looks.map((each) => each.getAttribute("aria-label"))).toEqual([
      "Look at lab.pdf",
      "Look at arm.JPG",
      "Look at notes.txt",
    ]);
    expect(looks.map((each) => each.querySelector("img")?.getAttribute("src"))).toEqual([
      "/api/v1/files/id of lab.pdf/pages/1?width=720",
      "/api/v1/files/id of arm.JPG",
      undefined,
    ]);

    looks[1]?.click();
    await settled();
    expect(dialog.value).toEqual({ name: "picture", file: "id of arm.JPG", words: "arm.JPG" });
    looks[0]?.click();
    await settled();
    expect(dialog.value).toMatchObject({ name: "document", file: { id: "id of lab.pdf", kind: "document" } });
    looks[0]?.querySelector("img")?.dispatchEvent(new Event("error"));
    await settled();
    expect(looks[0]?.querySelector("svg")).not.toBeNull();
  });

  it("that is on its way, or was refused, has nothing to look at", async () => {
    verdict = { state: "refused", words: "the PDF is locked" };
    await show();
    attaching.attach("a", [pdf()]);
    await settled();
    expect(box.querySelector(".attachment.refused")).not.toBeNull();
    expect(box.querySelector(".look")).toBeNull();
  });

  it("says why it cannot be looked at just now", async () => {
    await show();
    attaching.attach("a", [pdf()]);
    await settled();
    isDown = true;
    box.querySelector<HTMLButtonElement>(".look")?.click();
    await settled();
    expect(dialog.value).toBeNull();
    expect(toasts.value.at(-1)).toMatchObject({ isError: true });
  });

  it("stays with its conversation", async () => {
    attaching.attach("b", [pdf()]);
    await show();
    expect(box.querySelector(".attachment")).toBeNull();
    expect(attaching.added("b")).toHaveLength(1);
  });

  it("is waited for by a message that was sent before it was there", async () => {
    isDown = true;
    await show();
    attaching.attach("a", [pdf()]);
    await settled();
    expect(box.textContent).toContain("Waiting for the network");
    desk.send("a", "secure_sms", "Your form");
    await settled();
    expect(posts()).toEqual([]);
    expect(box.querySelector(".attachment")).toBeNull();

    isDown = false;
    outgoing.nudge();
    await settled();
    expect(posts()[0]?.body).toMatchObject({ body: "Your form", files: ["id of lab.pdf"] });
  });

  it("that is not taken stands there with the reason, and nothing goes without it unnoticed", async () => {
    verdict = { state: "refused", words: "the PDF is locked" };
    await show();
    attaching.attach("a", [pdf()]);
    desk.send("a", "secure_sms", "Your form");
    await settled();
    expect(posts()).toEqual([]);
    expect(pending.value[0]?.refusal?.detail).toBe("lab.pdf: the PDF is locked");

    desk.takeBack(pending.value[0]?.key ?? "");
    await settled();
    expect(draftOf("a").body).toBe("Your form");
    expect(box.querySelector(".attachment.refused")?.textContent).toContain("the PDF is locked");
    expect(send()?.disabled).toBe(true);
    box.querySelector<HTMLButtonElement>('[aria-label="Remove lab.pdf"]')?.click();
    await settled();
    expect(send()?.disabled).toBe(false);
    expect(of("DELETE").map((each) => each.path)).toEqual(["/uploads/id%20of%20lab.pdf".replaceAll("%20", " ")]);
  });

  it("cannot go as a plain text, which offers the private way", async () => {
    await show("sms");
    attaching.attach("a", [pdf()]);
    keepDraft("a", { body: "Your form", via: "sms" });
    await settled();
    expect(box.textContent).toContain("A plain text cannot carry files");
    expect(send()?.disabled).toBe(true);
    [...box.querySelectorAll("button")].find((each) => each.textContent === "Send as secure instead")?.click();
    await settled();
    expect(draftOf("a").via).toBe("secure_sms");
    expect(send()?.disabled).toBe(false);
  });

  it("is thrown away with a message that is discarded", async () => {
    verdict = { state: "refused", words: "locked" };
    await show();
    attaching.attach("a", [pdf()]);
    desk.send("a", "secure_sms", "");
    await settled();
    desk.drop(pending.value[0]?.key ?? "");
    expect(uploads.value).toEqual([]);
    expect(of("DELETE")).toHaveLength(1);
  });

  it("comes back with words that are undone", async () => {
    await show();
    attaching.attach("a", [pdf()]);
    desk.send("a", "secure_sms", "Wrong form");
    await settled();
    const key = String(posts()[0]?.body.key);
    const from = { kind: "staff", id: "dana", name: "Dana", initials: "D" } as const;
    const undo_until = new Date(Date.now() + 4_000).toISOString();
    lastOfMine.value = new Map([["a", message(2, { key, from, undo_until, body: "Wrong form" })]]);
    await recalls.undo();
    await settled();
    expect(draftOf("a").body).toBe("Wrong form");
    expect(attaching.added("a")).toMatchObject([{ name: "lab.pdf", state: "kept" }]);
  });
});
