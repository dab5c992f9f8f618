"""Gives labels one spelling. Nothing is deleted."""
import os

import psycopg

with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("UPDATE migration.labels SET name = lower(name) WHERE name <> lower(name)")
