"""That something about a patient has changed, for every screen that shows them."""

from server import facts, models
from server.db import Transaction


async def tell(tx: Transaction, patient: models.Patient) -> None:
    """Record the Fact for the clinic and each team that has a conversation with the patient.

    Inside the verb that changed them and gave them their next revision.
    """
    teams = await models.Conversation.filter(patient_id=patient.id).distinct().values_list("team_id")
    tx.record(facts.PatientChanged(patient=patient.id), patient.organization_id, *(team for (team,) in teams))
