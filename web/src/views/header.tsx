/** The bar over everything: clinic, team, connection, New, and the person. */

import { lateDialogs } from "../parts.ts";
import { connection, dialog, me } from "../store.ts";
import { ConnectionChip } from "./connection.tsx";
import { Icon } from "./icon.tsx";
import { TeamSwitcher } from "./switcher.tsx";
import { UserMenu } from "./user-menu.tsx";

export function Header() {
  const mine = me.value;
  const late = lateDialogs.here.value;
  if (!mine) return <header class="bar" />;
  return (
    <header class="bar">
      <span class="clinic" title={mine.organization.name}>
        {mine.organization.name}
      </span>
      <TeamSwitcher />
      <SearchButton />
      <ConnectionChip />
      {late && <late.JobChips />}
      {late && <late.PlanChip />}
      {mine.teams.some((team) => team.is_member) && (
        <button type="button" class="primary new" onClick={() => (dialog.value = { name: "new" })}>
          <Icon name="plus" />
          <span class="name">
            New<span class="hidden"> conversation</span>
          </span>
          <kbd>C</kbd>
        </button>
      )}
      <UserMenu />
    </header>
  );
}

/** Nothing of a patient is kept in the browser, so without the network nothing can be found. */
function SearchButton() {
  const isOff = connection.value.name === "offline";
  const words = isOff ? "Search works again when you are online" : "Search patients and messages";
  return (
    <button
      type="button"
      class="search"
      aria-label={words}
      disabled={isOff}
      onClick={() => (dialog.value = { name: "search" })}
    >
      <Icon name="search" />
      <span>{words}</span>
      {!isOff && <kbd>/</kbd>}
    </button>
  );
}
