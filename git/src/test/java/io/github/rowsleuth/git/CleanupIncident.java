package io.github.rowsleuth.git;

import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;

/** A repository in the shape of casebook case 1, with code of our own. */
final class CleanupIncident {

    static final String CLEAN_UP = "backend/scripts/clean_all_demo_data.py";
    static final String UTILITY = "backend/scripts/integrity_utilities.py";

    private CleanupIncident() {}

    static ObjectId build(RepositoryBuilder repository) {
        repository.at("2025-07-01T09:30:00Z").by("Grace");
        repository.file("README.md", "# Shop");
        repository.file(CLEAN_UP, cleanUp("demo"));
        ObjectId introduced = repository.commit("Prepare the demo");
        repository.at("2025-08-01T10:00:00Z").by("Ada");
        repository.file("backend/scripts/clean_all_demo_data_fixed.py", cleanUp("fixed"));
        repository.file(
                "backend/scripts/reset_view_state.py",
                "\"\"\"DELETE FROM orders is not what this does.\"\"\"",
                "print('view')");
        repository.file(UTILITY, utility());
        repository.file("backend/alembic/versions/086_fix_enum.py", enumMigration("086", "085"));
        repository.file("backend/alembic/versions/087_fix_enum_again.py", enumMigration("087", "086"));
        repository.file(
                "backend/Dockerfile",
                "FROM python:3.12",
                "COPY scripts /app/scripts",
                "RUN chmod +x /app/scripts/clean_all_demo_data.py",
                "ENTRYPOINT [\"/app/entrypoint.sh\"]");
        repository.file(
                "backend/entrypoint.sh", "#!/bin/sh", "alembic upgrade head", "exec python /app/scripts/serve.py");
        repository.file("docs/demo.md", "Run `python scripts/clean_all_demo_data.py` before a demo.");
        repository.commit("Repair what the demo left behind");
        return introduced;
    }

    static Path build(Path folder) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            build(repository);
        }
        return folder;
    }

    private static String[] cleanUp(String kind) {
        return new String[] {
            "#!/usr/bin/env python3",
            "\"\"\"Removes " + kind + " data. DELETE FROM nothing here.\"\"\"",
            "async def clean(session):",
            "    await session.execute(text(",
            "        \"DELETE FROM shop.raw_records \"  # children first",
            "        \"WHERE import_id IN \"",
            "        \"(SELECT id FROM shop.imports)\"",
            "    ))",
            "    await session.execute(text(\"DELETE FROM shop.imports\"))",
            "    await session.execute(text(f'DELETE FROM {schema}.flows '",
            "                               'WHERE demo'))",
            "    await session.execute(text(\"DELETE FROM shop.users\"))"
        };
    }

    private static String[] utility() {
        return new String[] {
            "def restore_script(path):",
            "    lines = [",
            "        \"-- restore\",",
            "        \"TRUNCATE shop.flow_states CASCADE;\",",
            "    ]",
            "    lines.append(\"DELETE FROM shop.notes;\")",
            "    with open(path, 'w') as f:",
            "        f.write(\"\\n\".join(lines))"
        };
    }

    private static String[] enumMigration(String revision, String before) {
        return new String[] {
            "\"\"\"Fix an enum",
            "",
            "Create Date: 2025-10-07 18:22:33.123456",
            "\"\"\"",
            "from alembic import op",
            "revision: str = '" + revision + "'",
            "down_revision = \"" + before + "\"",
            "",
            "def upgrade() -> None:",
            "    _replace()",
            "    op.drop_column('assets', 'old', schema='shop')",
            "",
            "def _replace():",
            "    op.execute(\"DROP TYPE IF EXISTS shop.status CASCADE\")",
            "",
            "def downgrade():",
            "    op.drop_table(\"states\")"
        };
    }
}
