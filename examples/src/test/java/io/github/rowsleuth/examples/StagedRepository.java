package io.github.rowsleuth.examples;

import java.io.IOException;
import java.nio.file.Path;

/** The repository of the incident: what it holds and when that came in. */
final class StagedRepository {

    static final String SCRIPT = "backend/scripts/clean_all_demo_data.py";
    static final String TWIN = "backend/scripts/clean_all_demo_data_fixed.py";
    static final String UTILITY = "backend/utils/data_integrity_cleanup_utilities.py";
    static final String FIRST_MIGRATION = "backend/alembic/versions/086_flow_phase.py";
    static final String SECOND_MIGRATION = "backend/alembic/versions/087_account_state.py";

    private StagedRepository() {}

    static void build(Path folder) throws IOException {
        History history = History.in(folder);
        summer(history);
        autumn(history);
        incidentDay(history);
    }

    private static void summer(History history) {
        history.add("backend/app/main.py", "backend/requirements.txt", "docker-compose.yml");
        history.add("backend/Dockerfile", "backend/docker-entrypoint.sh");
        history.commit("main", "Grace", "2025-05-12T09:40:00+02:00", "Serve the first page");
        history.branch("demo-data");
        history.edit(SCRIPT, Resources.text("repository/" + SCRIPT).replace("print(\"clean\")", "print(\"done\")"));
        history.commit("demo-data", "Edsger", "2025-07-01T11:14:00-04:00", "Begin a demonstration with nothing");
        history.without(SCRIPT).add(".github/workflows/tests.yml");
        history.commit("main", "Grace", "2025-07-02T10:05:00+02:00", "Run the tests on every push");
        history.add(SCRIPT);
        history.commit("main", "Grace", "2025-07-02T16:30:00+02:00", "Merge branch 'demo-data'", "demo-data");
        history.add(TWIN);
        history.commit("main", "Edsger", "2025-07-03T08:21:00-04:00", "Delete in the right order");
    }

    private static void autumn(History history) {
        history.add("backend/scripts/cleanup_labels.py", "backend/scripts/reset_password_mail.py");
        history.commit("main", "Barbara", "2025-08-19T14:02:00+01:00", "Spell labels alike and remind of passwords");
        history.add("backend/alembic/versions/085_collection_gaps.py", "docs/demo.md");
        history.commit("main", "Grace", "2025-09-02T09:20:00+02:00", "Remember gaps; say how to demonstrate");
        history.add(UTILITY);
        history.commit("main", "Barbara", "2025-09-18T17:45:00+01:00", "Look for orphans and keep flow states");
        history.branch("notes");
        history.edit("docs/ideas.md", "# Ideas\n\nA button that resets one's own demonstration.\n");
        history.commit("notes", "Barbara", "2025-09-20T10:00:00+01:00", "Collect ideas");
        history.without("docs/ideas.md");
    }

    private static void incidentDay(History history) {
        history.add(FIRST_MIGRATION);
        history.commit("main", "Edsger", "2025-10-07T14:25:00-04:00", "Give the phases of a flow an end");
        history.add(SECOND_MIGRATION);
        history.commit("main", "Edsger", "2025-10-07T14:48:00-04:00", "Let an account be blocked");
    }
}
