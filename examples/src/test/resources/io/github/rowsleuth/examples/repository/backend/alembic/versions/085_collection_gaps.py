"""Remember gaps of a collection

Revision ID: 085_collection_gaps
Revises:
Create Date: 2025-09-02 07:12:10.002931
"""
import sqlalchemy as sa
from alembic import op

revision = "085_collection_gaps"
down_revision = None


def upgrade() -> None:
    op.add_column("collection_flows", sa.Column("gaps", sa.Integer()), schema="migration")


def downgrade() -> None:
    pass
