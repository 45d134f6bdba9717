/** Others have the patient's phone too: who, and what that means for what is sent there. */

import type { Ahead, Patient } from "../../../realtime/client/wire.gen.ts";
import { asks, holder, isShared } from "../words/patients.ts";
import type { Choice } from "../words/ways.ts";
import { Icon } from "./icon.tsx";

interface SharedPhoneProps {
  patient: Patient;
  ahead: Ahead | null;
  choice: Choice;
}

export function SharedPhone({ patient, ahead, choice }: SharedPhoneProps) {
  const others = ahead?.also ?? [];
  if (choice === "secure_email" || !(isShared(patient) || others.length > 0)) return null;
  const name = patient.first_name || patient.name;
  return (
    <div class="hint warn shared-phone" role="status">
      <Icon name="alert" size={14} />
      <span>
        <strong>This phone is shared.</strong>
        {others.length > 0 && ` Also used by ${others.map(holder).join(", ")}.`}{" "}
        {choice === "sms"
          ? `They can read a plain text to ${name}. You are asked once more when you send.`
          : ahead && asks(ahead.proof, name)}
      </span>
    </div>
  );
}
