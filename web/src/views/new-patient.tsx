/** A new entry in the directory, which is then shown there. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";
import * as directories from "../directory.ts";
import { entry } from "../directory-place.ts";
import { toast } from "../store.ts";
import { AddPatient } from "./add-patient.tsx";
import { Modal } from "./modal.tsx";

export function NewPatient({ typed, onClose }: { typed: string; onClose: () => void }) {
  const added = (patient: Patient) => {
    onClose();
    entry.value = patient;
    directories.show({ tab: "patients", patient: patient.id });
    toast("Added to the directory");
  };
  return (
    <Modal title="Add a patient" onClose={onClose}>
      <AddPatient typed={typed} isForDirectory onAdded={added} onBack={onClose} />
    </Modal>
  );
}
