/** The bar over everything: clinic, team, connection, New, and the person. */

import { dialog, me } from "../store.ts";
import { ConnectionChip } from "./connection.tsx";
import { Icon } from "./icon.tsx";
import { TeamSwitcher } from "./switcher.tsx";
import { UserMenu } from "./user-menu.tsx";

export function Header() {
  const mine = me.value;
  if (!mine) return <header class="bar" />;
  return (
    <header class="bar">
      <span class="clinic" title={mine.organization.name}>
        {mine.organization.name}
      </span>
      <TeamSwitcher />
      <button
        type="button"
        class="search"
        aria-label="Search patients and messages"
        onClick={() => (dialog.value = { name: "search" })}
      >
        <Icon name="search" />
        <span>Search patients and messages</span>
        <kbd>/</kbd>
      </button>
      <ConnectionChip />
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
