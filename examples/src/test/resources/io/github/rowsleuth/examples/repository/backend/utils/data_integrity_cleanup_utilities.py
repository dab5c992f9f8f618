"""Finds orphans, and writes a file by which a backup of the flow states is put back."""
import datetime
import pathlib


def orphans(session):
    return session.execute(
        "SELECT id FROM migration.collection_flows WHERE master_flow_id IS NULL"
    ).all()


def write_restore_script(rows, folder):
    lines = [
        "-- puts the flow states back",
        "TRUNCATE TABLE migration.crewai_flow_state_extensions CASCADE;",
    ]
    for row in rows:
        lines.append(f"INSERT INTO migration.crewai_flow_state_extensions (flow_id) VALUES ({row.flow_id});")
    path = pathlib.Path(folder) / f"restore_{datetime.date.today()}.sql"
    with open(path, "w") as out:
        out.write("\n".join(lines))
    return path
