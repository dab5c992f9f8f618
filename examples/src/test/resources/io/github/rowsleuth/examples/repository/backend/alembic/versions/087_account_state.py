"""Let an account be blocked

Revision ID: 087_account_state
Revises: 086_flow_phase
Create Date: 2025-10-07 18:46:02.770113
"""
from alembic import op

revision = "087_account_state"
down_revision = "086_flow_phase"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TYPE IF EXISTS migration.account_state CASCADE")
    op.execute("CREATE TYPE migration.account_state AS ENUM ('invited', 'active', 'blocked')")


def downgrade() -> None:
    pass
