package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationLink.How;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.List;
import java.util.Set;

/** What the image of PostgreSQL runs once, when it starts on an empty volume. */
final class Initialisation {

    static final String FOLDER = "/docker-entrypoint-initdb.d";
    static final String DETAIL = "first start of the database, on an empty volume";

    private static final Set<String> RUN = Set.of("sql", "sh", "psql");

    private Initialisation() {}

    static void from(SurfaceFile file, String path, int line, RunContext context) {
        RepositoryTree tree = file.explorer().tree();
        Node node = file.part("initialisation");
        file.start(node, Kind.DATABASE_INITIALISED, DETAIL, line, context, "database");
        List<TreeFile> files = tree.isFolder(path)
                ? tree.under(path).stream().filter(f -> f.folder().equals(path)).toList()
                : tree.file(path).stream().toList();
        for (TreeFile each : files) {
            if (RUN.contains(Paths.extension(each.path()))) {
                file.explorer().edge(node, Node.file(each.path()), line, How.RUNS, context);
            }
        }
    }
}
