// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Patient } from "../../../realtime/client/wire.gen.ts";
import { settled } from "../stage.ts";
import { DirectoryExportDialog, RecordExportDialog } from "./export-dialog.tsx";

let asked: string[] = [];
let answers: { status: number; body: unknown }[] = [];
let box: HTMLElement;

async function submit(): Promise<void> {
  box.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  await settled();
}

beforeEach(() => {
  [asked, answers] = [[], []];
  box = document.createElement("div");
  document.body.append(box);
  URL.createObjectURL = () => "blob:there";
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    asked.push(`${request.method} ${address.replace("/api/v1", "")} ${request.body}`);
    const { status, body } = answers.shift() ?? { status: 200, body: "phone,mrn" };
    return new Response(JSON.stringify(body), { status });
  });
});

afterEach(() => {
  render(null, box);
  box.remove();
  vi.unstubAllGlobals();
});

it("takes the directory, after whoever asks has proved who they are", async () => {
  const close = vi.fn();
  render(<DirectoryExportDialog onClose={close} />, box);
  await settled();
  answers = [{ status: 403, body: { code: "prove_again", detail: "Type your password." } }];
  await submit();
  const secret = box.querySelector<HTMLInputElement>('input[name="secret"]');
  if (!secret) throw new Error("no field");
  secret.value = "123 456";
  answers = [{ status: 200, body: { csrf: "new" } }];
  await submit();
  expect(asked).toEqual([
    "POST /patients/export {}",
    'POST /session/prove {"code":"123456"}',
    "POST /patients/export {}",
  ]);
  expect(close).toHaveBeenCalled();
});

it("takes a patient's record in the form that was chosen", async () => {
  const close = vi.fn();
  render(<RecordExportDialog patient={{ id: "p1", name: "Ines Calderon" } as Patient} onClose={close} />, box);
  await settled();
  box.querySelectorAll<HTMLInputElement>('input[name="format"]')[1]?.click();
  await settled();
  await submit();
  expect(asked).toEqual(['POST /patients/p1/export {"format":"json"}']);
  expect(close).toHaveBeenCalled();
});

it("says why it was refused", async () => {
  render(<DirectoryExportDialog onClose={() => undefined} />, box);
  await settled();
  answers = [{ status: 429, body: { code: "too_many", detail: "That was often. Wait an hour." } }];
  await submit();
  expect(box.querySelector('[role="alert"]')?.textContent).toContain("Wait an hour");
});
