// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import type { PortalMessage } from "../../realtime/client/wire.gen.ts";

document.documentElement.lang = "en";
document.body.innerHTML = `<div id="thread" data-zone="America/Chicago" data-words='{"thread.you":"You","sent":"Sent","care.read":"your care team saw this","unencrypted":"Sent unencrypted","thread.picture":"Picture","urgent.own":"In an emergency call {emergency}. In a crisis {crisis}."}'></div>`;
const { adviceOf, articles, draw, keepOnly } = await import("./bubbles.ts");

function message(number: number, at: string, change: Partial<PortalMessage> = {}): PortalMessage {
  const words = { from: "care", who: "Dana Reyes", body: `Words ${number}`, key: null } as const;
  return {
    number,
    ...words,
    at,
    viewed: false,
    unencrypted: false,
    gone: false,
    files: [],
    care_read: false,
    ...change,
  };
}

const kept: PortalMessage["files"][number] = {
  ...{ id: "f", state: "kept", words: null, media_type: "application/pdf", size: 9, width: 612, height: 792 },
  ...{ name: "Lab form.pdf", kind: "document", pages: 2, viewed_at: null },
};

const numbers = () => articles().map((each) => Number(each.dataset.number));
const days = () => [...document.querySelectorAll<HTMLElement>(".day")].map((each) => each.dataset.date);

describe("draw", () => {
  beforeEach(() => document.getElementById("thread")?.replaceChildren());

  it("puts messages in the order of their numbers, however late they come", () => {
    for (const number of [3, 1, 4, 2]) draw(message(number, `2026-11-23T1${number}:00:00Z`));

    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(days()).toEqual(["2026-11-23"]);
  });

  it("begins a day by the clinic's calendar", () => {
    draw(message(2, "2026-11-23T06:30:00Z"));
    draw(message(1, "2026-11-23T05:30:00Z"));
    draw(message(3, "2026-11-24T18:00:00Z"));

    expect(days()).toEqual(["2026-11-22", "2026-11-23", "2026-11-24"]);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it("draws a message once and only takes its mark away", () => {
    expect(draw(message(1, "2026-11-23T12:00:00Z"))).toBe(true);
    expect(articles()[0]?.dataset.new).toBe("");

    expect(draw(message(1, "2026-11-23T12:00:00Z", { viewed: true }))).toBe(false);
    expect(articles()).toHaveLength(1);
    expect(articles()[0]?.dataset.new).toBeUndefined();
  });

  it("takes away what was taken back, and its day if nothing is left of it", () => {
    draw(message(1, "2026-11-23T12:00:00Z"));
    draw(message(2, "2026-11-24T12:00:00Z"));
    draw(message(3, "2026-11-24T13:00:00Z"));

    expect(draw(message(2, "2026-11-24T12:00:00Z", { gone: true, body: "" }))).toBe(false);
    expect(numbers()).toEqual([1, 3]);
    draw(message(3, "2026-11-24T13:00:00Z", { gone: true, body: "" }));
    expect(numbers()).toEqual([1]);
    expect(days()).toEqual(["2026-11-23"]);
  });

  it("takes away what a fresh copy no longer has, and leaves what is older than the copy", () => {
    for (const number of [1, 2, 3, 4]) draw(message(number, `2026-11-23T1${number}:00:00Z`));

    keepOnly([message(2, "2026-11-23T12:00:00Z"), message(4, "2026-11-23T14:00:00Z")]);
    expect(numbers()).toEqual([1, 2, 4]);
  });

  it("never draws what was taken back before it came", () => {
    expect(draw(message(1, "2026-11-23T12:00:00Z", { gone: true, body: "" }))).toBe(false);
    expect(articles()).toHaveLength(0);
  });

  it("shows hostile words as words", () => {
    draw(message(1, "2026-11-23T12:00:00Z", { who: "<b>x</b>", body: "<img src=x onerror=alert(1)>" }));

    expect(document.querySelector("img, b")).toBeNull();
    expect(articles()[0]?.textContent).toContain("<img src=x onerror=alert(1)>");
  });

  it("marks words as Arabic, or as of no known language", () => {
    draw(message(1, "2026-11-23T12:00:00Z", { body: "مرحبا Dana" }));
    draw(message(2, "2026-11-23T12:01:00Z", { body: "Hola, مرحبا, ¿qué tal?" }));
    draw(message(3, "2026-11-23T12:02:00Z", { body: "12" }));

    const languages = articles().map((each) => each.querySelector<HTMLElement>(".body")?.getAttribute("lang"));
    expect(languages).toEqual(["ar", "", ""]);
  });

  it("says of both sides what was sent unencrypted", () => {
    draw(message(1, "2026-11-23T12:00:00Z", { from: "you", who: "", key: "k", unencrypted: true }));
    draw(message(2, "2026-11-23T12:01:00Z", { unencrypted: true }));

    const states = articles().map((each) => each.querySelector(".state")?.textContent);
    expect(states).toEqual(["Sent unencrypted", "Sent unencrypted"]);
  });

  it("says under one's own urgent words whom to call", () => {
    draw(message(1, "2026-11-23T12:00:00Z", { from: "you", who: "", key: "k", urgent: true }));
    draw(message(2, "2026-11-23T12:01:00Z", { from: "you", who: "", key: "l" }));

    const links = [...document.querySelectorAll<HTMLAnchorElement>(".advice a")];
    expect(links.map((each) => each.getAttribute("href"))).toEqual(["tel:911", "tel:988"]);
    expect(articles()[0]?.querySelector(".advice + .state")?.textContent).toBe("Sent");
    expect([adviceOf(1), adviceOf(2)]).toEqual(["In an emergency call 911. In a crisis 988.", ""]);
  });

  it("shows a picture once it is here, in its place", () => {
    const file = { ...kept, id: "f1", width: 40, height: 30, kind: "picture" as const };
    const own = { from: "you", who: "", key: "k", body: "[picture]\nMy knee" } as const;
    draw(message(1, "2026-11-23T12:00:00Z", { ...own, files: [{ ...file, state: "waiting" }] }));
    draw(message(2, "2026-11-23T12:01:00Z"));
    expect(articles()[0]?.querySelector(".body")?.textContent).toBe("[picture]\nMy knee");

    draw(message(1, "2026-11-23T12:00:00Z", { ...own, files: [{ ...file, state: "kept" }] }));

    expect(numbers()).toEqual([1, 2]);
    expect(articles()[0]?.querySelector("img")?.getAttribute("src")).toBe("/m/files/f1");
    expect(articles()[0]?.querySelector("img")?.alt).toBe("Picture");
    expect(articles()[0]?.querySelector(".body")?.textContent).toBe("My knee");
  });

  it("leads to each document by its name", () => {
    draw(
      message(1, "2026-11-23T12:00:00Z", { files: [kept, { ...kept, id: "g", name: "<b>notes.txt", kind: "text" }] }),
    );

    const links = [...document.querySelectorAll<HTMLAnchorElement>("a.file")];
    expect(links.map((each) => [each.getAttribute("href"), each.textContent])).toEqual([
      ["/m/documents/f", "Lab form.pdf"],
      ["/m/documents/g", "<b>notes.txt"],
    ]);
  });

  it("says what became of one's own words", () => {
    draw(message(1, "2026-11-23T12:00:00Z", { from: "you", who: "", key: "k" }));

    expect(articles()[0]?.className).toBe("own");
    expect(articles()[0]?.querySelector(".state")?.textContent).toBe("Sent");

    draw(message(1, "2026-11-23T12:00:00Z", { from: "you", who: "", key: "k", care_read: true }));
    expect(articles()).toHaveLength(1);
    expect(articles()[0]?.querySelector(".state")?.textContent).toBe("Sent · your care team saw this");
  });
});
