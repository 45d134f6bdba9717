// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Listed, Me } from "../../../realtime/client/wire.gen.ts";
import { run } from "../commands.ts";
import { directory, entry, hear, mark } from "../directory-place.ts";
import * as listing from "../listing.ts";
import { patient } from "../state/samples.ts";
import { dialog, me } from "../store.ts";
import { Directory } from "./directory.tsx";

const MARIA = "01a21c6a-4c9d-70b3-939c-2ebd8152954b";
const OMAR = "01a21c6a-4c9d-70b3-939c-2ebd8152954c";

let box: HTMLElement;
let asked: string[];
let answer: (path: string) => unknown;

function row(id: string, first_name: string, last_name: string, change: Partial<Listed> = {}): Listed {
  const name = `${first_name} ${last_name}`;
  const flags = { archived: false, deceased: false, language: "en", mrn: null };
  const marks = { ...flags, born: 1985, phone_end: "42", has_email: true };
  return {
    id,
    rev: 1,
    name,
    first_name,
    last_name,
    initials: "X",
    ...marks,
    incomplete: false,
    last_at: null,
    ...change,
  };
}

const rows = [row(MARIA, "Maria", "Garcia"), row(OMAR, "Omar", "Haddad", { incomplete: true, has_email: false })];

function answers(path: string): unknown {
  if (path.includes("/directory")) return { sort: "recent", patients: rows, next: null, total: 2 };
  if (path.includes("/patients/find")) return { patients: [patient({ id: OMAR, name: "Omar Haddad" })] };
  if (path.includes("/coworkers"))
    return { coworkers: [{ id: "nia", name: "Nia Brooks", initials: "NB", teams: [], is_on: true }] };
  return patient({ id: MARIA, name: "Maria Garcia", conversations: [{ id: "a", team: "front" }] });
}

const names = () => [...box.querySelectorAll(".row-name")].map((each) => each.textContent);
const button = (words: string) => [...box.querySelectorAll("button")].find((each) => each.textContent?.includes(words));

beforeEach(async () => {
  box = document.createElement("div");
  document.body.append(box);
  asked = [];
  answer = answers;
  listing.pages.value = null;
  listing.text.value = "";
  listing.found.value = null;
  entry.value = null;
  mark.value = null;
  dialog.value = null;
  directory.value = { tab: "patients", sort: "recent", patient: null };
  me.value = { teams: [{ id: "front", name: "Front desk", is_member: true }], user: { id: "dana" } } as unknown as Me;
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(String(path));
    const found = answer(String(path));
    return found instanceof Response ? found : new Response(JSON.stringify(found));
  });
  render(<Directory />, box);
});

afterEach(() => {
  render(null, box);
  box.remove();
  directory.value = null;
  vi.unstubAllGlobals();
});

it("shows everybody with what tells two apart, and how many there are", async () => {
  await vi.waitFor(() => expect(names()).toEqual(["Maria Garcia", "Omar Haddad"]));
  expect(box.querySelector(".row-line")?.textContent).toBe("born 1985 · phone ··42 · e-mail");
  expect(box.querySelector(".directory-status")?.textContent).toContain("2 patients");
  expect(box.textContent).toContain("Not complete");
});

it("asks for another order, which puts the last name first, and says so in the address", async () => {
  await vi.waitFor(() => expect(names()).toHaveLength(2));
  const order = box.querySelector("select");
  if (!order) throw new Error("no choice of orders");
  order.value = "name";
  order.dispatchEvent(new Event("change", { bubbles: true }));

  await vi.waitFor(() => expect(names()).toEqual(["Garcia, Maria", "Haddad, Omar"]));
  expect(asked.at(-1)).toContain("sort=name");
  expect(location.search).toBe("?sort=name");
});

it("shows only who has a tag, and says so in the address; a search looks among everybody", async () => {
  const diabetes = { id: "01a21c6a-4c9d-70b3-939c-2ebd8152954d", name: "Diabetes", colour: "blue" };
  if (!me.value) throw new Error("nobody is here");
  me.value = { ...me.value, tags: [diabetes] } as Me;
  await vi.waitFor(() => expect(box.querySelectorAll("select")).toHaveLength(2));
  const choice = box.querySelectorAll("select")[1];
  if (!choice) throw new Error("no choice of tags");
  choice.value = diabetes.id;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => expect(asked.at(-1)).toContain(`sort=recent&tag=${diabetes.id}`));
  expect(location.search).toBe(`?tag=${diabetes.id}`);

  listing.text.value = "haddad";
  await listing.seek();
  await vi.waitFor(() =>
    expect(box.querySelector("[role=status]")?.textContent).toBe("1 patient, whatever their tags"),
  );
});

it("seeks what is typed, and no address holds it", async () => {
  const field = box.querySelector<HTMLInputElement>('input[type="search"]');
  if (!field) throw new Error("no search");
  field.value = "haddad";
  field.dispatchEvent(new Event("input", { bubbles: true }));

  await vi.waitFor(() => expect(names()).toEqual(["Omar Haddad"]));
  expect([...asked, location.href].join(" ")).not.toContain("haddad");
});

it("opens an entry with its conversations, and goes back, by keys", async () => {
  await vi.waitFor(() => expect(names()).toHaveLength(2));
  run("next");
  run("open");
  await vi.waitFor(() => expect(box.querySelector("h2[tabindex]")?.textContent).toBe("Maria Garcia"));
  expect(location.pathname).toBe(`/directory/${MARIA}`);
  expect(button("Front desk")).toBeDefined();

  run("reply");
  expect(dialog.value).toBeNull();
  run("done");
  run("back");
  expect(directory.value?.patient).toBeNull();
});

it("says that it did not load, and tries again", async () => {
  answer = () => new Response("{}", { status: 503 });
  await listing.load();
  await vi.waitFor(() => expect(box.querySelector('[role="alert"]')?.textContent).toContain("did not load"));

  answer = answers;
  button("Try again")?.click();
  await vi.waitFor(() => expect(names()).toHaveLength(2));
});

it("offers to add somebody where nobody is", async () => {
  answer = () => ({ sort: "recent", patients: [], next: null, total: 0 });
  await listing.load();
  await vi.waitFor(() => expect(box.textContent).toContain("Add or import patients"));

  button("Add a patient")?.click();
  expect(dialog.value).toEqual({ name: "new-patient", typed: "" });
});

it("shows what the wire tells of, in the list and in the open entry", async () => {
  await vi.waitFor(() => expect(names()).toHaveLength(2));
  run("next");
  run("open");
  await vi.waitFor(() => expect(box.querySelector("h2[tabindex]")?.textContent).toBe("Maria Garcia"));

  answer = (path) =>
    path.includes("/directory")
      ? { sort: "recent", patients: [row(MARIA, "Maria", "Lopez")], next: null, total: 1 }
      : patient({ id: MARIA, name: "Maria Lopez" });
  hear(MARIA);

  await vi.waitFor(() => expect(names()).toEqual(["Maria Lopez"]), { timeout: 3000 });
  expect(box.querySelector("h2[tabindex]")?.textContent).toBe("Maria Lopez");
});

it("lists coworkers in the other tab", async () => {
  button("Coworkers")?.click();
  await vi.waitFor(() => expect(box.textContent).toContain("Nia Brooks"));
  expect(box.textContent).toContain("On now");
});

it("archives somebody, who can be restored, and asks before marking as deceased", async () => {
  await vi.waitFor(() => expect(names()).toHaveLength(2));
  run("next");
  run("open");
  await vi.waitFor(() => expect(button("Archive")).toBeDefined());
  const known = entry.value;

  answer = (path) => (path.includes("/archive") ? { ...known, archived_at: "2026-11-28T10:00:00Z" } : answers(path));
  button("Archive")?.click();
  await vi.waitFor(() => expect(button("Restore")).toBeDefined());
  expect(box.querySelector(".row .tag")?.textContent).toBe("Archived");

  button("Mark as deceased")?.click();
  expect(dialog.value).toMatchObject({ name: "deceased", patient: { id: MARIA } });
  expect(asked.some((path) => path.includes("/deceased"))).toBe(false);
});

it("shows who is archived in a list of their own", async () => {
  directory.value = { tab: "patients", sort: "archived", patient: null };
  await vi.waitFor(() => expect(asked.at(-1)).toContain("archived=true"));
});
