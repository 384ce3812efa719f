"""What the database holds: in the clear only what finds and sorts a case; everything about people is sealed.

Instants are text in UTC with microseconds (`2026-11-22T00:36:10.000000Z`), so that both databases sort and
compare them alike. Ids are random. `sealed` columns hold what pipeline.vault made of JSON.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("team", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("next_deadline", Text, index=True),
    Column("revision", Integer, nullable=False),
    Column("fictional", Boolean, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("closed_at", Text),
    # Null where the case was erased: without its key nothing of it can be read again.
    Column("wrapped_key", LargeBinary),
    Column("key_generation", Integer, index=True),
    Column("key_made_at", Text, nullable=False),
    # Sealed: the names that worklists and searches show, so that nobody folds a thousand cases for a list.
    Column("summary", LargeBinary),
)

events = Table(
    "events",
    metadata,
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

cpr_index = Table(
    "cpr_index",
    metadata,
    Column("blind", LargeBinary, primary_key=True),
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True, index=True),
    Column("person_id", Text, primary_key=True),
)

drafts = Table(
    "drafts",
    metadata,
    Column("case_id", Text, ForeignKey("cases.id"), primary_key=True),
    # Keyed digest of visit, section and person: which sections somebody works on is nobody else's business.
    Column("place", LargeBinary, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("cases.id"), nullable=False, index=True),
    Column("stored_name", Text, nullable=False, unique=True),
    Column("stored_bytes", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

employees = Table(
    "employees",
    metadata,
    Column("id", Text, primary_key=True),
    Column("subject_blind", LargeBinary, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("key_generation", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", LargeBinary, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False, index=True),
    Column("revoked_at", Text),
    # Keyed digest of the person: all sessions of one person can be revoked without naming the person.
    Column("owner_blind", LargeBinary, nullable=False, index=True),
    Column("key_generation", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("case_id", Text, ForeignKey("cases.id"), nullable=False, index=True),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("wrong_codes", Integer, nullable=False),
    Column("used_at", Text),
    Column("withdrawn_at", Text),
    Column("sealed", LargeBinary, nullable=False),
)

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("bucket", LargeBinary, primary_key=True),
    Column("window_began", Text, nullable=False),
    Column("used", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("case_id", Text),
    Column("outcome", Text, nullable=False),
    Column("previous_mac", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
Index("ix_audit_case_id", audit.c.case_id)

# One row, locked by whoever adds to the chain: on PostgreSQL it makes writers queue, as SQLite's one writer does.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)

# Where each visit, each party's hearing and each outgoing document stands, and when it wakes. What happened stands in
# the events; here are ids, states, instants and codes alone.
journeys = Table(
    "journeys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, ForeignKey("cases.id"), nullable=False),
    # Id of the visit, hearing or delivery. A row is begun once, however often that is asked for.
    Column("about", Text, nullable=False),
    Column("parent_id", Text, index=True),
    Column("state", Text, nullable=False),
    Column("since", Text, nullable=False),
    # Null: it waits for a person, for its children, or has ended.
    Column("wake_at", Text, index=True),
    Column("remind_at", Text),
    Column("deadline_at", Text),
    Column("lease", Text),
    Column("tries", Integer, nullable=False),
    # Name of the kind of error, never its words.
    Column("last_error", Text),
    Column("dead_at", Text),
    Column("ended_at", Text),
    UniqueConstraint("case_id", "kind", "about"),
)

journey_log = Table(
    "journey_log",
    metadata,
    Column("journey_id", Text, ForeignKey("journeys.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("led_to", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("tries", Integer, nullable=False),
)

installation = Table(
    "installation",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
