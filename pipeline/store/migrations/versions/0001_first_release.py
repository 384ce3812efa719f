"""The tables of the first release, and the triggers that keep what was recorded.

The triggers guard against faults of our own and careless hands at a database prompt; whoever means harm can drop them.
Against that stand the codes of the audit log and the seals of the events.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Each is refused by both databases: (name, what, on which table, when).
_REFUSED = (
    ("audit_is_never_changed", "UPDATE", "audit", ""),
    ("audit_is_never_deleted", "DELETE", "audit", ""),
    ("events_are_never_changed", "UPDATE OF case_id, seq, at", "events", ""),
    (
        "events_outlive_all_but_their_key",
        "DELETE",
        "events",
        "EXISTS (SELECT 1 FROM cases WHERE cases.id = OLD.case_id AND cases.wrapped_key IS NOT NULL)",
    ),
)


def upgrade() -> None:
    """Make the tables and triggers, and the beginning of the audit log."""
    _tables()
    op.execute(
        sa.text("INSERT INTO audit_head (id, seq, at, mac) VALUES (1, 0, :at, :mac)").bindparams(
            sa.bindparam("at", "1970-01-01T00:00:00.000000Z"),
            sa.bindparam("mac", bytes(32), type_=sa.LargeBinary()),
        )
    )
    for trigger in _REFUSED:
        (_on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql)(*trigger)


def _on_sqlite(name: str, what: str, table: str, when: str) -> None:
    condition = f"WHEN {when} " if when else ""
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} {condition}BEGIN SELECT RAISE(ABORT, '{name}'); END")


def _on_postgresql(name: str, what: str, table: str, when: str) -> None:
    refusal = f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"IF {when} THEN {refusal} END IF; RETURN OLD;" if when else refusal
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _tables() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("previous_mac", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_case_id", "audit", ["case_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("next_deadline", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("key_generation", sa.Integer(), nullable=True),
        sa.Column("key_made_at", sa.Text(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_index("ix_cases_key_generation", "cases", ["key_generation"], unique=False)
    op.create_index("ix_cases_next_deadline", "cases", ["next_deadline"], unique=False)
    op.create_index("ix_cases_team", "cases", ["team"], unique=False)
    op.create_table(
        "employees",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject_blind", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("key_generation", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_employees"),
        sa.UniqueConstraint("subject_blind", name="uq_employees_subject_blind"),
    )
    op.create_table(
        "installation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_installation"),
    )
    op.create_table(
        "rate_limits",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("window_began", sa.Text(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_rate_limits"),
    )
    op.create_table(
        "sessions",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("owner_blind", sa.LargeBinary(), nullable=False),
        sa.Column("key_generation", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_ends_at", "sessions", ["ends_at"], unique=False)
    op.create_index("ix_sessions_owner_blind", "sessions", ["owner_blind"], unique=False)
    op.create_table(
        "cpr_index",
        sa.Column("blind", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_cpr_index_case_id"),
        sa.PrimaryKeyConstraint("blind", "case_id", "person_id", name="pk_cpr_index"),
    )
    op.create_index("ix_cpr_index_case_id", "cpr_index", ["case_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_drafts_case_id"),
        sa.PrimaryKeyConstraint("case_id", "place", name="pk_drafts"),
    )
    op.create_table(
        "events",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_events_case_id"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_events"),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("stored_bytes", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_files_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        sa.UniqueConstraint("stored_name", name="uq_files_stored_name"),
    )
    op.create_index("ix_files_case_id", "files", ["case_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_invitations_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
    )
    op.create_index("ix_invitations_case_id", "invitations", ["case_id"], unique=False)
