// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import * as kept from "../drafts.ts";
import * as lock from "../lock.ts";
import * as previews from "../previews.ts";
import { dialog, draftOf, keepDraft, locked, me, said, toast } from "../store.ts";
import { HERE, later, MINE, opened, setUp, stage, Tabs, times, type, usual } from "./lock-stage.tsx";

setUp();

it("shows at once who locked it, the clinic and a password, and nothing else", async () => {
  said.value = "New message from Maria";
  toast("Maria is done");
  dialog.value = { name: "search", text: "Maria" };
  await later();
  expect(stage.box.textContent).toContain("Maria");

  void lock.lock();
  await later(100);

  expect(stage.box.querySelector("main")?.innerHTML).toBe("");
  expect(stage.box.querySelector("header.bar")?.textContent).toBe("Mercy Clinic");
  expect(stage.box.querySelectorAll("dialog")).toHaveLength(1);
  expect(stage.box.querySelector("dialog")?.textContent).toContain("Dana Reyes");
  expect(document.activeElement?.getAttribute("name")).toBe("password");
  expect(stage.box.innerHTML).not.toContain("Maria");
});

it("keeps what was begun before the server locks the session, and tells the other tabs", async () => {
  kept.watch();
  keepDraft("c1", { ...draftOf("c1"), body: "Your results" });

  void lock.lock();
  await later();

  expect(stage.asked).toEqual(["PUT /conversations/c1/draft", "POST /session/lock"]);
  expect(Tabs.said).toEqual(["locked"]);
});

it("opens again by the password, under the token of now, and tells the other tabs", async () => {
  void lock.lock();
  await later();

  await type("a long walk");

  expect(stage.asked).toEqual(["POST /session/lock", "GET /session", "POST /session/unlock"]);
  expect(opened).toHaveBeenCalledExactlyOnceWith(MINE);
  expect(locked.value).toBeNull();
  expect(Tabs.said).toEqual(["locked", "unlocked"]);
});

it("says that a password is wrong, and stays", async () => {
  void lock.lock();
  await later();
  stage.answer = (call) =>
    call.includes("unlock") ? [422, { code: "wrong_sign_in", detail: "That password is not right." }] : usual(call);

  await type("not this one");

  expect(stage.box.querySelector("[role=alert]")?.textContent).toBe("That password is not right.");
  expect(locked.value).not.toBeNull();
});

it("asks for signing in when the session is over", async () => {
  void lock.lock();
  await later();
  stage.answer = (call) => (call.includes("unlock") ? [401, { code: "signed_out" }] : usual(call));

  await type("the fifth one");
  await later();

  expect(stage.box.querySelector("dialog h2")?.textContent).toBe("Sign in again");
});

it("tells the server again until it knows", async () => {
  stage.answer = () => [0];
  void lock.lock();
  await later();
  expect(times("POST /session/lock")).toBe(1);
  stage.answer = usual;

  await later(3_000);
  await later(30_000);

  expect(times("POST /session/lock")).toBe(2);
});

it("keeps what was typed in a dialog, out of the document, until it opens again", async () => {
  dialog.value = { name: "replies" };
  await later();
  const button = [...stage.box.querySelectorAll("dialog button")].find((each) => each.textContent?.includes("New"));
  button?.dispatchEvent(new Event("click", { bubbles: true }));
  await later();
  const field = stage.box.querySelector("dialog textarea") as HTMLTextAreaElement;
  field.value = "Please call Maria";
  field.dispatchEvent(new Event("input", { bubbles: true }));

  void lock.lock();
  await later();
  expect(stage.box.innerHTML).not.toContain("Maria");
  expect(stage.box.contains(field)).toBe(false);
  await type("a long walk");

  expect(stage.box.querySelector("dialog textarea")).toBe(field);
  expect(field.value).toBe("Please call Maria");
  expect((field.closest("dialog") as HTMLDialogElement).open).toBe(true);
});

it("closes the tabs in which it showed what patients see", async () => {
  const tab = { closed: false, close: vi.fn() } as unknown as Window;
  vi.spyOn(window, "open").mockReturnValueOnce(tab);
  const link = document.createElement("a");
  link.addEventListener("click", previews.open);
  link.click();

  void lock.lock();

  expect(tab.close).toHaveBeenCalledOnce();
});

it("locks with another tab, and opens with it", async () => {
  Tabs.opened?.onmessage?.({ data: "locked" });
  await later();
  expect(locked.value).not.toBeNull();
  stage.answer = (call) => (call === "GET /session" ? [200, { ...HERE, locked: false }] : usual(call));

  Tabs.opened?.onmessage?.({ data: "unlocked" });
  await later();

  expect(opened).toHaveBeenCalledOnce();
});

it("does not open because the server has not yet heard that it is locked", async () => {
  stage.answer = (call) => (call === "GET /session" ? [200, { ...HERE, locked: false }] : [0]);
  void lock.lock();
  await later();

  document.dispatchEvent(new Event("visibilitychange"));
  await later();

  expect(locked.value).not.toBeNull();
  expect(opened).not.toHaveBeenCalled();
});

it("shows whose session it is on a page that was opened locked", async () => {
  me.value = null;
  stage.answer = (call) => (call === "GET /session" ? [200, HERE] : [401, { code: "locked" }]);

  await import("../reads.ts").then((reads) => reads.me().catch(() => null));
  await later();

  expect(locked.value).toEqual({ who: HERE.user, clinic: "Mercy Clinic" });
  expect(stage.box.querySelector("header.bar")?.textContent).toBe("Mercy Clinic");
});

it("leaves the computer to a colleague, who finds it locked, or to somebody who signs in", async () => {
  const bea = { id: "bea", name: "Bea Lind", initials: "BL", role: "member" };
  stage.answer = (call) =>
    call === "GET /session/others" ? [200, { people: [{ user: bea, base: "/~2" }], free: "/~3" }] : usual(call);
  const goes = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  void lock.lock();
  await later(100);

  for (const name of ["Bea Lind", "Somebody else"]) {
    const buttons = [...stage.box.querySelectorAll<HTMLButtonElement>(".lock-others button")];
    buttons.find((each) => each.textContent?.includes(name))?.click();
    await later();
  }

  expect(times("POST /session/switch")).toBe(2);
  expect(goes.mock.calls).toEqual([["/~2/inbox"], ["/~3/sign-in"]]);
  expect(stage.asked).not.toContain("POST /session/unlock");
});
