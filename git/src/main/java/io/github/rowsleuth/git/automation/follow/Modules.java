package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeFile.Function;
import io.github.rowsleuth.git.automation.code.CodeFile.Import;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.ProgramLinker.Body;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the files that the names of modules mean. */
final class Modules {

    /** Names of methods that so many classes have that they point to none. */
    private static final Set<String> COMMON = Set.of(
            "execute",
            "commit",
            "rollback",
            "add",
            "get",
            "close",
            "append",
            "items",
            "keys",
            "values",
            "join",
            "format",
            "strip",
            "split",
            "info",
            "error",
            "debug",
            "warning",
            "warn",
            "log",
            "set",
            "update",
            "filter",
            "all",
            "first",
            "map",
            "then",
            "catch",
            "push",
            "send",
            "json",
            "use",
            "post",
            "put",
            "delete",
            "connect",
            "query",
            "find",
            "save",
            "read",
            "write",
            "open",
            "dict",
            "encode",
            "decode",
            "replace",
            "lower",
            "upper",
            "count",
            "pop",
            "sort",
            "exists",
            "mkdir",
            "parse",
            "test",
            "match",
            "begin",
            "end",
            "flush",
            "refresh",
            "where",
            "select",
            "from",
            "on",
            "emit");

    private final Explorer explorer;
    private final Map<String, Optional<String>> known = new HashMap<>();

    Modules(Explorer explorer) {
        this.explorer = explorer;
    }

    /** The files that an import of a program loads. */
    List<String> resolve(Body body, String module) {
        Optional<String> path = known.computeIfAbsent(
                body.path() + "\u0000" + body.context().directory() + "\u0000" + module, k -> find(body, module));
        return path.map(List::of).orElse(List.of());
    }

    private Optional<String> find(Body body, String module) {
        return switch (body.program().language()) {
            case PYTHON -> python(module, body.path(), body.context());
            case JAVASCRIPT -> javascript(module, body.path());
            case RUBY, PHP -> plain(module, body);
            default -> Optional.empty();
        };
    }

    /** A module of a package that is imported by its name from it. */
    Optional<String> submodule(Body body, String module, String name) {
        if (body.program().language() != CodeLanguage.PYTHON) {
            return Optional.empty();
        }
        String whole = module.endsWith(".") ? module + name : module + "." + name;
        return known.computeIfAbsent(
                body.path() + "\u0000" + body.context().directory() + "\u0000" + whole, k -> find(body, whole));
    }

    Optional<String> python(String module, String file, RunContext context) {
        int dots = 0;
        while (dots < module.length() && module.charAt(dots) == '.') {
            dots++;
        }
        String path = module.substring(dots).replace('.', '/');
        String folder = Paths.folder(file);
        if (dots > 0) {
            String base = folder;
            for (int i = 1; i < dots; i++) {
                base = Paths.folder(base);
            }
            return inFolder(base, path);
        }
        Set<String> bases = new LinkedHashSet<>();
        explorer.finder().folderOf(context).ifPresent(bases::add);
        bases.addAll(Paths.upwards(folder));
        for (String base : List.copyOf(bases)) {
            bases.add(Paths.join(base, "src"));
        }
        for (String base : bases) {
            Optional<String> found = inFolder(base, path);
            if (found.isPresent()) {
                return found;
            }
        }
        return path.contains("/") ? byEnd(path, file) : Optional.empty();
    }

    private Optional<String> inFolder(String base, String path) {
        for (String candidate :
                path.isEmpty() ? List.of("__init__.py") : List.of(path + ".py", path + "/__init__.py")) {
            String whole = Paths.join(base, candidate);
            if (explorer.tree().contains(whole)) {
                return Optional.of(whole);
            }
        }
        return Optional.empty();
    }

    private Optional<String> byEnd(String path, String near) {
        for (String candidate : List.of(path + ".py", path + "/__init__.py")) {
            if (!explorer.tree().hasEnd(candidate)) {
                continue;
            }
            List<TreeFile> files = explorer.tree().bySuffix(candidate, near).stream()
                    .filter(f -> f.path().endsWith("/" + candidate))
                    .toList();
            if (files.size() == 1) {
                return Optional.of(files.get(0).path());
            }
        }
        return Optional.empty();
    }

    private Optional<String> javascript(String module, String file) {
        String folder = Paths.folder(file);
        if (module.startsWith(".")) {
            return candidate(Paths.join(folder, module));
        }
        if (module.startsWith("@/") || module.startsWith("~/") || module.startsWith("src/")) {
            String rest = module.substring(module.indexOf('/') + 1);
            for (String base : Paths.upwards(folder)) {
                Optional<String> found =
                        candidate(Paths.join(base, "src/" + rest)).or(() -> candidate(Paths.join(base, rest)));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return module.startsWith("@") ? workspace(module) : Optional.empty();
    }

    /** A package of the same repository, by the last part of its name. */
    private Optional<String> workspace(String module) {
        String[] parts = module.split("/", 3);
        if (parts.length < 2) {
            return Optional.empty();
        }
        String inside = parts.length > 2 ? parts[2] : "src/index";
        for (TreeFile file : explorer.tree().named("package.json")) {
            if (Paths.name(file.folder()).equals(parts[1])) {
                return candidate(Paths.join(file.folder(), inside))
                        .or(() -> candidate(Paths.join(file.folder(), "src/" + inside)))
                        .or(() -> candidate(Paths.join(file.folder(), "index")));
            }
        }
        return Optional.empty();
    }

    private Optional<String> candidate(String path) {
        List<String> all = new ArrayList<>(List.of(path));
        String plain = path.replaceFirst("\\.(?:m|c)?js$", "");
        for (String end :
                List.of(".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", "/index.ts", "/index.js", "/index.tsx")) {
            all.add(plain + end);
        }
        return all.stream().filter(explorer.tree()::contains).findFirst();
    }

    private Optional<String> plain(String module, Body body) {
        String extension = body.program().language() == CodeLanguage.RUBY ? ".rb" : ".php";
        String path = Paths.join(ProgramLinker.folder(body), module);
        return List.of(path, path + extension, module, module + extension).stream()
                .filter(explorer.tree()::contains)
                .findFirst();
    }

    /** Methods of what was imported, for a receiver of which nothing is known but that it comes from there. */
    List<Node> methods(Body body, String receiver, String method) {
        if (method.length() < 4 || COMMON.contains(method) || receiver.contains("log")) {
            return List.of();
        }
        List<Node> found = new ArrayList<>();
        for (Import one : body.program().imports()) {
            for (String path : resolve(body, one.module())) {
                for (Function function :
                        explorer.program(path).map(p -> p.named(method)).orElse(List.of())) {
                    String owner = function.name()
                            .substring(0, Math.max(0, function.name().lastIndexOf('.')));
                    boolean taken = one.names().isEmpty()
                            || one.names().stream()
                                    .anyMatch(n -> n.name().equals(owner)
                                            || n.name().equals("*")
                                            || n.alias().equalsIgnoreCase(receiver)
                                            || n.name().equals("default"));
                    if (taken && !owner.isEmpty()) {
                        found.add(Node.part(path, ProgramLinker.FUNCTION + function.name()));
                    }
                }
            }
        }
        return found.size() <= 3 ? found : List.of();
    }

    /** Whether a file defines a function of that name. */
    boolean defines(String path, String function) {
        Optional<CodeFile> program = explorer.program(path);
        return program.isPresent() && !program.get().named(function).isEmpty();
    }
}
