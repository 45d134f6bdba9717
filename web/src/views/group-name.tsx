/** What a group of patients is called. */

import { useState } from "preact/hooks";
import { NameForm } from "./name-form.tsx";

interface GroupNameProps {
  name?: string;
  verb: string;
  /** Raises `Refused`. */
  save: (name: string) => Promise<void>;
  onEnd: () => void;
}

export function GroupName({ name: before = "", verb, save, onEnd }: GroupNameProps) {
  const [name, setName] = useState(before);
  return (
    <NameForm label="Name of the group" longest={60} name={name} onName={setName} save={save} end={onEnd} verb={verb}>
      <p class="muted">All your colleagues see the name. Patients never do.</p>
    </NameForm>
  );
}
