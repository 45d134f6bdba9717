"""What the application's own role may do on PostgreSQL, where migrations run as another role."""

READ_ONLY = ("tortoise_migrations",)
APPEND_ONLY = "audit_entry"
SEALED_LATER = ("seal", "seal_number")


def grants(app_role: str) -> list[str]:
    """The statements that let this role use the tables, the audit only by adding to it and sealing it.

    They take back before they give, so they may be run again after every migration.
    """
    role = '"' + app_role.replace('"', '""') + '"'
    columns = ", ".join(f'"{column}"' for column in SEALED_LATER)
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM {role}' for table in READ_ONLY),
        f'REVOKE UPDATE, DELETE ON "{APPEND_ONLY}" FROM {role}',
        f'GRANT UPDATE ({columns}) ON "{APPEND_ONLY}" TO {role}',
    ]
