"""A clinic's patients, messages and files as FHIR R4 (hl7.org/fhir/R4), for programs with a key to read."""
