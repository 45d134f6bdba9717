"""What this server says of itself (CapabilityStatement)."""

from web.fhir.resources import Json

PATIENT = {
    "_id": "token",
    "identifier": "token",
    "name": "string",
    "family": "string",
    "given": "string",
    "birthdate": "date",
    "telecom": "token",
    "phone": "token",
    "email": "token",
}
COMMUNICATION = {"_id": "token", "patient": "reference", "subject": "reference", "sent": "date"}
DOCUMENT = {"_id": "token", "patient": "reference", "subject": "reference", "date": "date"}
"""What each type is searched by."""


def statement(base: str, version: str, *, at: str) -> Json:
    """The statement; `at` is a day."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": at,
        "kind": "instance",
        "software": {"name": "BloomText Patient Messaging", "version": version},
        "implementation": {"description": "Patients and messages of a clinic, to read", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": "Authorization: Bearer, with a key that an admin of the clinic made."},
                "resource": [
                    _resource("Patient", PATIENT),
                    _resource("Communication", COMMUNICATION),
                    _resource("DocumentReference", DOCUMENT),
                    _resource("Binary", {}),
                ],
            }
        ],
    }


def _resource(kind: str, by: dict[str, str]) -> Json:
    does = ["read", "search-type"] if by else ["read"]
    said: Json = {"type": kind, "interaction": [{"code": each} for each in does]}
    return {**said, "searchParam": [{"name": name, "type": each} for name, each in by.items()]} if by else said
