/** The people and teams of the clinic, for its admins. Each act raises `Refused`. */

import { signal } from "@preact/signals";
import type { ClinicPeople, TeamHistory, Worker } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export type Role = Worker["role"];

export interface Wish {
  email: string;
  name: string;
  role: Role;
  teams: readonly string[];
}

/** Null until they are here. */
export const people = signal<ClinicPeople | null>(null);

export async function load(): Promise<void> {
  people.value = await ask<ClinicPeople>("GET", "/people");
}

const take = async (asked: Promise<ClinicPeople>) => {
  people.value = await asked;
};

const post = (path: string, body: object) => take(ask<ClinicPeople>("POST", path, body));

export const changeRole = (user: string, role: Role) => post(`/people/${user}/role`, { role });
export const leave = (user: string, sure: boolean) => post(`/people/${user}/leave`, { sure });
export const comeBack = (user: string) => post(`/people/${user}/return`, {});
export const resetFactors = (user: string) => post(`/people/${user}/factors/reset`, {});
export const signOut = (user: string) => ask<void>("POST", `/people/${user}/sign-out`, {});

export const invite = (wish: Wish) => post("/invites", wish);
export const inviteAgain = (invitation: string) => post(`/invites/${invitation}/again`, {});
export const revoke = (invitation: string) => take(ask<ClinicPeople>("DELETE", `/invites/${invitation}`));

export const makeTeam = (name: string) => post("/teams", { name });
export const renameTeam = (team: string, name: string) => take(ask<ClinicPeople>("PATCH", `/teams/${team}`, { name }));
export const deleteTeam = (team: string) => take(ask<ClinicPeople>("DELETE", `/teams/${team}`));
export const letIn = (team: string, user: string) => post(`/teams/${team}/members`, { user });
export const takeOut = (team: string, user: string, sure: boolean) =>
  post(`/teams/${team}/members/remove`, { user, sure });
export const history = (team: string, after: string | null) =>
  ask<TeamHistory>("GET", `/teams/${team}/history${after ? `?after=${after}` : ""}`);
