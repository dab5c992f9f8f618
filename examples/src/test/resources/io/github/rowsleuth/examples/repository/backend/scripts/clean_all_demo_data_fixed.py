#!/usr/bin/env python3
"""Empties the demo tenant; the order of the deletes is right now."""
import asyncio
import os

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

ENGINE = create_async_engine(os.environ["DATABASE_URL"])


async def clean(session):
    # children first, so that no foreign key objects
    await session.execute(text(
        "DELETE FROM migration.raw_import_records "
        "WHERE data_import_id IN "
        "(SELECT id FROM migration.data_imports)"
    ))
    await session.execute(text("DELETE FROM migration.assets"))
    await session.execute(text("DELETE FROM migration.discovery_flows"))
    await session.execute(text(
        "DELETE FROM "
        "migration.data_imports"
    ))
    await session.execute(text("DELETE FROM migration.canonical_applications"))
    await session.execute(text("DELETE FROM migration.users"))


async def main():
    async with ENGINE.begin() as session:
        await clean(session)
    print("all clean")


if __name__ == "__main__":
    asyncio.run(main())
