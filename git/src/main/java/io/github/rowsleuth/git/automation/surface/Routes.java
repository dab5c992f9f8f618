package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.follow.Explorer;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.util.List;

/** The files that answer a path of an address, where a framework lays them out by it. */
final class Routes {

    private static final List<String> EXTENSIONS = List.of(".ts", ".js", ".mjs", ".tsx", ".py", ".go", ".rb");

    private Routes() {}

    static void link(SurfaceFile file, Node node, ConfigNode path, RunContext context) {
        String plain = path.text().replaceFirst("\\?.*", "").replaceFirst("^/+", "");
        Explorer explorer = file.explorer();
        for (String base : List.of("app/", "src/app/", "pages/", "src/pages/", "", "src/")) {
            for (String extension : EXTENSIONS) {
                for (String end : List.of("/route", "", "/index", "/+server")) {
                    String candidate = Paths.join(file.folder(), base + plain + end + extension);
                    if (explorer.tree().contains(candidate)) {
                        explorer.edge(node, Node.part(candidate, "all"), path.line(), How.RUNS, context);
                    }
                }
            }
        }
    }
}
