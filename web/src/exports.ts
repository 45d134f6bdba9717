/** The chart's copy of a conversation, a patient's record, and the directory: asked for, proved for where it must be, and given to the browser to save. */

import { ask, askFile, useCsrf } from "./http.ts";

export type Format = "pdf" | "json";
export type Proof = { password: string } | { code: string };

/** Raises `Refused`; `prove_again` where the person signed in some time ago. */
export async function save(conversation: string, format: Format): Promise<void> {
  give(await askFile(`/conversations/${conversation}/export`, { format }));
}

/** The same of all that is on file of a patient, with every conversation that the person may read. */
export async function saveRecord(patient: string, format: Format): Promise<void> {
  give(await askFile(`/patients/${patient}/export`, { format }));
}

/** The same of every entry of the clinic's directory. */
export async function saveDirectory(): Promise<void> {
  give(await askFile("/patients/export", {}));
}

/** Gives a file to the browser to save. */
export function give({ content, name }: { content: Blob; name: string }): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it while it saves it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Proves once more who is there; what was typed is kept nowhere. Nothing to do where a passkey has (null). */
export async function prove(proof: Proof | null): Promise<void> {
  if (!proof) return;
  const { csrf } = await ask<{ csrf: string }>("POST", "/session/prove", proof);
  useCsrf(csrf);
}
