/** Whether somebody is among the patients of now, and alive. */

import type { Patient } from "../../realtime/client/wire.gen.ts";
import { attempt, takePatient } from "./answers.ts";
import { ask } from "./http.ts";
import { toast } from "./store.ts";

const act = (patient: string, what: "archive" | "restore" | "deceased") =>
  ask<Patient>("POST", `/patients/${patient}/${what}`, {});

export function archive({ id, name }: Patient): Promise<boolean> {
  return attempt(async () => {
    takePatient(await act(id, "archive"));
    toast(`${name} is archived`, { undo: () => void restore(id) });
  });
}

export function restore(id: string): Promise<boolean> {
  return attempt(async () => {
    takePatient(await act(id, "restore"));
    toast("Among the patients again");
  });
}

export function markDeceased(id: string): Promise<boolean> {
  return attempt(async () => {
    takePatient(await act(id, "deceased"));
    toast("Marked as deceased. What was waiting is stopped");
  });
}

export function unmarkDeceased(id: string): Promise<boolean> {
  return attempt(async () => {
    takePatient(await ask<Patient>("DELETE", `/patients/${id}/deceased`));
    toast("No longer marked as deceased");
  });
}
