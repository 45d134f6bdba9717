"""What the application's own role may do on PostgreSQL, where migrations run as another role."""

READ_ONLY = ("tortoise_migrations",)
APPEND_ONLY = ("audit_entry", "consent", "opt_out", "decision")
"""The audit and the ledgers: what was once said stays said."""
SEALED = "audit_entry"
SEALED_LATER = ("seal", "seal_number")


def grants(app_role: str) -> list[str]:
    """The statements that let this role use the tables, the audit and the ledgers only by adding to them.

    It may also seal the audit.

    They take back before they give, so they may be run again after every migration.
    """
    role = '"' + app_role.replace('"', '""') + '"'
    columns = ", ".join(f'"{column}"' for column in SEALED_LATER)
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        # Up to PostgreSQL 14 everybody may make tables, and so functions and triggers, in it.
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM {role}' for table in READ_ONLY),
        *(f'REVOKE UPDATE, DELETE ON "{table}" FROM {role}' for table in APPEND_ONLY),
        f'GRANT UPDATE ({columns}) ON "{SEALED}" TO {role}',
    ]
