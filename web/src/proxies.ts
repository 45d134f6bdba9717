/** Who acts for the patient whose conversation is open: added, changed, ended. */

import type { Proxy as Acting, Patient } from "../../realtime/client/wire.gen.ts";
import * as actions from "./actions.ts";
import { attempt, takePatient } from "./answers.ts";
import { toast } from "./store.ts";

export type { Acting };

/** Raises `Refused`: the form shows it beside its fields. */
export async function add(patient: string, id: string, details: actions.ProxyDetails): Promise<void> {
  takePatient(await actions.addProxy(patient, id, details));
  toast("Added");
}

/** Raises `Refused`. */
export async function change(patient: string, proxy: string, details: actions.ProxyDetails): Promise<void> {
  takePatient(await actions.changeProxy(patient, proxy, details));
  toast("Saved");
}

export function end(patient: string, proxy: string, why: actions.ProxyEnds): Promise<boolean> {
  return attempt(async () => {
    takePatient(await actions.endProxy(patient, proxy, why));
    toast("Their access has ended");
  });
}

export function keep(patient: string, proxy: string): Promise<boolean> {
  return attempt(async () => {
    takePatient(await actions.keepProxy(patient, proxy));
    toast("Reviewed. Their access goes on");
  });
}

export function restore(patient: string, proxy: string): Promise<boolean> {
  return attempt(async () => {
    takePatient(await actions.restoreProxy(patient, proxy));
    toast("It is used again");
  });
}

/** Those who may read what this team writes now. */
export function readers(patient: Patient, team: string): Acting[] {
  return (patient.proxies ?? []).filter(
    (each) => each.state === "active" && (each.teams === null || each.teams.includes(team)),
  );
}
