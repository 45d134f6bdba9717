"""The staff API: one handler is one verb and then one query for the answer. `docs/contract.md` §3."""
