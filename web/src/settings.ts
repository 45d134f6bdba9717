/** What is set up now and then, each in a dialog of its own: the bar's menus and the palette offer it from this one list. */

import * as pushes from "./pushes.ts";
import { me } from "./store.ts";
import { mayManage } from "./tags.ts";
import type { IconName } from "./views/icon.tsx";

export interface Setting {
  dialog:
    | "hours"
    | "on-call"
    | "tags"
    | "replies"
    | "notices"
    | "sounds"
    | "clinic"
    | "plan"
    | "numbers"
    | "our-numbers"
    | "people"
    | "account"
    | "audit"
    | "board"
    | "reports"
    | "api-keys";
  words: string;
  icon: IconName;
  /** Of the clinic's work, or of one's own screen. */
  menu: "teams" | "own";
  isOffered: () => boolean;
}

const SETTINGS: readonly Setting[] = [
  { dialog: "board", words: "Live board", icon: "eye", menu: "teams", isOffered: mayManage },
  { dialog: "hours", words: "Opening hours", icon: "clock", menu: "teams", isOffered: mayManage },
  { dialog: "on-call", words: "Who is on call", icon: "bell", menu: "teams", isOffered: mayManage },
  { dialog: "our-numbers", words: "Our phone numbers", icon: "phone", menu: "teams", isOffered: mayManage },
  { dialog: "numbers", words: "Names of our numbers", icon: "phone", menu: "teams", isOffered: mayManage },
  { dialog: "tags", words: "Change the tags", icon: "edit", menu: "teams", isOffered: mayManage },
  { dialog: "reports", words: "Reports", icon: "panel", menu: "teams", isOffered: mayManage },
  { dialog: "replies", words: "Saved replies", icon: "text", menu: "teams", isOffered: mayManage },
  { dialog: "sounds", words: "Sounds", icon: "bell", menu: "own", isOffered: () => true },
  { dialog: "notices", words: "Notices on this computer", icon: "bell", menu: "own", isOffered: pushes.isOffered },
  { dialog: "plan", words: "Your clinic’s plan", icon: "team", menu: "own", isOffered: () => true },
  { dialog: "account", words: "My account", icon: "lock", menu: "own", isOffered: () => true },
  { dialog: "people", words: "People and teams", icon: "person", menu: "own", isOffered: isAdmin },
  { dialog: "audit", words: "Who did what", icon: "eye", menu: "own", isOffered: isAdmin },
  { dialog: "api-keys", words: "Other programs", icon: "next", menu: "own", isOffered: isAdmin },
  { dialog: "clinic", words: "Clinic settings", icon: "team", menu: "own", isOffered: isAdmin },
];

function isAdmin(): boolean {
  return me.value?.user.role === "admin";
}

/** Those that this person may change here. */
export const offered = (): readonly Setting[] => SETTINGS.filter((each) => each.isOffered());
