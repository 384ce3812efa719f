"""Where each visit, hearing and outgoing document stands, and the journal of its moves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; rows for cases that are there already are begun when the dispatcher starts."""
    op.create_table(
        "journeys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("wake_at", sa.Text(), nullable=True),
        sa.Column("remind_at", sa.Text(), nullable=True),
        sa.Column("deadline_at", sa.Text(), nullable=True),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("dead_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_journeys_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_journeys"),
        sa.UniqueConstraint("case_id", "kind", "about", name="uq_journeys_case_id"),
    )
    op.create_index("ix_journeys_parent_id", "journeys", ["parent_id"], unique=False)
    op.create_index("ix_journeys_wake_at", "journeys", ["wake_at"], unique=False)
    op.create_table(
        "journey_log",
        sa.Column("journey_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["journey_id"], ["journeys.id"], name="fk_journey_log_journey_id"),
        sa.PrimaryKeyConstraint("journey_id", "seq", name="pk_journey_log"),
    )
