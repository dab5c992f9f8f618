package io.github.rowsleuth.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** The repository of the application, commit by commit, at the times of the incident. */
final class StagedRepository {

    static final String SCRIPT = "backend/scripts/clean_all_demo_data.py";
    static final String TWIN = "backend/scripts/clean_all_demo_data_fixed.py";
    static final String UTILITY = "backend/app/utils/data_integrity_cleanup_utilities.py";
    static final String FIRST_MIGRATION = "backend/alembic/versions/086_flow_phase_enum.py";
    static final String SECOND_MIGRATION = "backend/alembic/versions/087_account_state_enum.py";

    private static final String CLEAN = """
            \"\"\"Removes the demo data, so that a demonstration starts from nothing.\"\"\"
            import os

            from sqlalchemy import create_engine, text

            engine = create_engine(os.environ["DATABASE_URL"])

            with engine.begin() as connection:
                connection.execute(text("DELETE FROM migration.assets"))
                connection.execute(text(
                    "DELETE FROM "
                    "migration.discovery_flows"
                ))
                connection.execute(text("DELETE FROM migration.raw_import_records"))
                connection.execute(text(
                    "DELETE FROM migration.data_imports"
                ))
                connection.execute(text("DELETE FROM migration.canonical_applications"))
                connection.execute(text("DELETE FROM migration.users"))
            """;

    private static final String LABELS = """
            \"\"\"Cleans up labels: deletes nothing, in spite of its name.\"\"\"
            from sqlalchemy import text


            def tidy(connection):
                connection.execute(text("UPDATE migration.labels SET name = btrim(name) WHERE name LIKE ' %'"))
            """;

    private static final String RESTORE = """
            \"\"\"Writes a file from which the state of the flows can be restored.\"\"\"


            def write_restore_file(path, rows):
                with open(path, "w") as out:
                    out.write("TRUNCATE TABLE migration.crewai_flow_state_extensions CASCADE;\\n")
                    for row in rows:
                        out.write(row + "\\n")
            """;

    private static final String MIGRATION = """
            \"\"\"Replace the %2$s enum

            Revision ID: %1$s
            Revises: %3$s
            Create Date: 2025-10-07 %4$s
            \"\"\"
            from alembic import op

            revision = "%1$s"
            down_revision = "%3$s"


            def upgrade():
                op.execute("DROP TYPE IF EXISTS migration.%2$s CASCADE")


            def downgrade():
                op.execute("CREATE TYPE migration.%2$s AS ENUM ('a', 'b')")
            """;

    private static final String DOCKERFILE = """
            FROM python:3.12
            COPY backend /app
            COPY docker-entrypoint.sh /entrypoint.sh
            RUN chmod +x /app/scripts/clean_all_demo_data.py
            ENTRYPOINT ["/entrypoint.sh"]
            """;

    private static final String ENTRYPOINT = """
            #!/bin/sh
            set -e
            alembic upgrade head
            exec uvicorn app.main:app --host 0.0.0.0
            """;

    private static final String WORKFLOW = """
            name: test
            on: [push]
            jobs:
              test:
                runs-on: ubuntu-latest
                steps:
                  - run: pytest backend/tests
            """;

    private final Path root;
    private final Git git;

    private StagedRepository(Path root, Git git) {
        this.root = root;
        this.git = git;
    }

    static void build(Path root) throws IOException, GitAPIException {
        JGitWithoutSettings.install();
        try (Git git =
                Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            new StagedRepository(root, git).commitAll();
        }
    }

    private void commitAll() throws IOException, GitAPIException {
        commit(
                "2025-06-20T09:00:00Z",
                "Ada",
                "Start the backend",
                Map.of(
                        "Dockerfile",
                        DOCKERFILE.replace("RUN chmod +x /app/scripts/clean_all_demo_data.py\n", ""),
                        "docker-entrypoint.sh",
                        ENTRYPOINT,
                        "docker-compose.yml",
                        "services:\n  backend:\n    build: .\n    command: [\"/entrypoint.sh\"]\n",
                        ".github/workflows/test.yml",
                        WORKFLOW));
        commit("2025-07-01T14:10:00Z", "Grace", "Improve the onboarding of demo tenants", Map.of(SCRIPT, CLEAN));
        commit("2025-07-02T08:30:00Z", "Grace", "Make scripts executable", Map.of("Dockerfile", DOCKERFILE));
        commit(
                "2025-07-15T10:00:00Z",
                "Ada",
                "Tidy labels",
                Map.of(
                        "backend/scripts/cleanup_labels.py",
                        LABELS,
                        "docs/demo.md",
                        "Before a demonstration, clean_all_demo_data.py empties the demo tenant.\n"));
        commit(
                "2025-08-05T16:20:00Z",
                "Grace",
                "Correct the demo scripts",
                Map.of(TWIN, CLEAN.replace("starts from nothing", "starts from nothing, corrected")));
        commit("2025-09-12T11:45:00Z", "Linus", "Add integrity utilities", Map.of(UTILITY, RESTORE));
        commit(
                "2025-10-07T18:22:00Z",
                "Ada",
                "Replace the phase enum",
                Map.of(FIRST_MIGRATION, MIGRATION.formatted("086", "flow_phase", "085", "18:20:00")));
        commit(
                "2025-10-07T18:48:00Z",
                "Ada",
                "Replace the state enum",
                Map.of(SECOND_MIGRATION, MIGRATION.formatted("087", "account_state", "086", "18:46:00")));
    }

    private void commit(String time, String author, String subject, Map<String, String> files)
            throws IOException, GitAPIException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
            git.add().addFilepattern(file.getKey()).call();
        }
        PersonIdent who = new PersonIdent(
                author,
                author.toLowerCase(java.util.Locale.ROOT) + "@example.org",
                Instant.parse(time),
                ZoneOffset.UTC);
        git.commit()
                .setAuthor(who)
                .setCommitter(who)
                .setMessage(subject)
                .setSign(false)
                .call();
    }
}
