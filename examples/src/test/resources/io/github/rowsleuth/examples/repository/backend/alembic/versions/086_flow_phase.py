"""Give the phases of a flow an end

Revision ID: 086_flow_phase
Revises: 085_collection_gaps
Create Date: 2025-10-07 18:22:41.318204
"""
from alembic import op

revision = "086_flow_phase"
down_revision = "085_collection_gaps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TYPE IF EXISTS migration.flow_phase CASCADE")
    op.execute("CREATE TYPE migration.flow_phase AS ENUM ('gather', 'review', 'done')")


def downgrade() -> None:
    pass
