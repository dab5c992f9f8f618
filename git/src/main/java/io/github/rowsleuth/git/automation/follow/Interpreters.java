package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationLink.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Programs that run programs: Python, Node and the others, and the servers that load an application. */
final class Interpreters {

    private static final Pattern PYTHON =
            Pattern.compile("(?:python|pypy|pythonw)[\\d.]*|\\$\\{(?:[\\w.]*python|sys\\.executable|PY)\\}");
    private static final Set<String> NODE = Set.of(
            "node",
            "nodejs",
            "tsx",
            "ts-node",
            "ts-node-dev",
            "ts-node-esm",
            "esr",
            "vite-node",
            "babel-node",
            "swc-node",
            "nodemon",
            "jiti",
            "esbuild-runner",
            "zx",
            "bun",
            "deno");
    private static final Set<String> NODE_VALUED = Set.of(
            "-r",
            "--require",
            "--loader",
            "--import",
            "--env-file",
            "-P",
            "--project",
            "--experimental-loader",
            "-C",
            "--watch",
            "-w",
            "--ext",
            "-e",
            "--exec",
            "--config",
            "--tsconfig",
            "--inspect-port");
    private static final Set<String> OTHERS =
            Set.of("ruby", "perl", "php", "Rscript", "lua", "groovy", "kotlin", "julia", "osascript");
    private static final Set<String> SERVERS = Set.of(
            "uvicorn",
            "gunicorn",
            "hypercorn",
            "daphne",
            "granian",
            "waitress-serve",
            "uwsgi",
            "celery",
            "flask",
            "fastapi",
            "dramatiq",
            "arq",
            "rq",
            "huey_consumer",
            "huey_consumer.py",
            "streamlit",
            "taskiq",
            "faust",
            "sanic",
            "litestar",
            "chalice",
            "mod_wsgi-express",
            "gradio",
            "chainlit",
            "prefect",
            "quart");
    private static final Pattern MODULE = Pattern.compile("[A-Za-z_][\\w.]*(?::[\\w.()]+)?");

    private final Explorer explorer;
    private final CommandLinker commands;

    Interpreters(Explorer explorer, CommandLinker commands) {
        this.explorer = explorer;
        this.commands = commands;
    }

    boolean link(String name, Site site) {
        if (PYTHON.matcher(name).matches()
                || PYTHON.matcher(site.words().get(0)).matches()) {
            python(site);
        } else if (NODE.contains(name)) {
            return node(name, site);
        } else if (OTHERS.contains(name)) {
            other(site);
        } else if (SERVERS.contains(name)) {
            server(name, site);
        } else if (name.equals("go")) {
            go(site);
        } else if (name.equals("nest") || name.equals("next") || name.equals("nuxt") || name.equals("vite")) {
            framework(name, site);
        } else {
            return false;
        }
        return true;
    }

    private void python(Site site) {
        List<String> words = site.words();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-m") && i + 1 < words.size()) {
                module(site, words.get(i + 1), words.subList(i + 1, words.size()));
                return;
            }
            if (word.equals("-c") && i + 1 < words.size()) {
                inline(site, CodeLanguage.PYTHON, words.get(i + 1), site.line());
                return;
            }
            if (word.equals("-W") || word.equals("-X")) {
                i++;
            } else if (!word.startsWith("-")) {
                script(site, words.subList(i, words.size()));
                return;
            }
        }
        site.command().document().ifPresent(d -> inline(site, CodeLanguage.PYTHON, d.text(), d.line()));
        site.command().inputs().forEach(f -> commands.runFile(site, f, How.RUNS, List.of()));
    }

    private void inline(Site site, CodeLanguage language, String text, int line) {
        explorer.programs().inline(site.from(), CodeFile.read(text, language, line), site.context());
    }

    private void script(Site site, List<String> words) {
        String name = Paths.name(words.get(0));
        if (name.equals("manage.py") && words.size() > 1) {
            commands.tools().django(site, words);
            return;
        }
        commands.runFile(site, words.get(0), How.RUNS, words.subList(1, words.size()));
    }

    /** {@code python -m x}: a tool, or a module of the repository. */
    private void module(Site site, String module, List<String> words) {
        Optional<String> path =
                explorer.programs().module(module, site.context().file(), site.context());
        if (path.isPresent()) {
            String main = path.get().endsWith("/__init__.py")
                    ? Paths.join(Paths.folder(path.get()), "__main__.py")
                    : path.get();
            String run = explorer.tree().contains(main) ? main : path.get();
            explorer.edge(site.from(), Node.file(run), site.line(), How.RUNS, site.context());
            return;
        }
        List<String> tool = new ArrayList<>(words);
        tool.set(0, module.equals("flask") || module.equals("django") ? module : module.replace("pytest", "pytest"));
        if (!PYTHON.matcher(module).matches()) {
            commands.link(site.with(tool));
        }
    }

    private boolean node(String name, Site site) {
        List<String> words = site.words();
        if (name.equals("bun")
                && words.size() > 1
                && Set.of("run", "install", "test", "i", "add").contains(words.get(1))) {
            return false;
        }
        Optional<String> exec = name.equals("nodemon") ? Wrappers.option(words, "--exec", "-x") : Optional.empty();
        if (exec.isPresent()) {
            commands.text(site, exec.get());
            return true;
        }
        Optional<String> code =
                name.equals("node") || name.equals("bun") ? Wrappers.option(words, "-e", "--eval") : Optional.empty();
        if (code.isPresent()) {
            inline(site, CodeLanguage.JAVASCRIPT, code.get(), site.line());
            return true;
        }
        for (String required : Wrappers.options(words, "-r", "--require", "--import")) {
            if (required.startsWith(".") || required.startsWith("/")) {
                load(site, required);
            }
        }
        List<String> rest = Wrappers.afterOptions(words, 1, NODE_VALUED);
        while (!rest.isEmpty()
                && (rest.get(0).equals("run")
                        || rest.get(0).equals("watch")
                        || rest.get(0).equals("inspect"))) {
            rest = Wrappers.afterOptions(rest, 1, NODE_VALUED);
        }
        if (!rest.isEmpty()) {
            load(site, rest.get(0));
        }
        return true;
    }

    /** A file of JavaScript, its extension perhaps left out, and perhaps the one that it was built from. */
    private void load(Site site, String word) {
        for (String candidate : candidates(word)) {
            PathFinder.Found found = explorer.finder().find(candidate, site.context());
            if (!found.paths().isEmpty()) {
                commands.runFile(site, candidate, How.RUNS, List.of());
                return;
            }
        }
        commands.missing(site, word, explorer.finder().find(word, site.context()));
    }

    static List<String> candidates(String word) {
        List<String> all = new ArrayList<>();
        all.add(word);
        String plain = word.replaceFirst("\\.(?:m|c)?js$", "");
        for (String extension : List.of(".ts", ".js", ".mjs", ".cjs", ".mts", ".tsx", "/index.ts", "/index.js")) {
            all.add(plain + extension);
        }
        for (String built : List.of("dist/", "build/", "lib/", "out/", ".output/", "dist/src/")) {
            int at = plain.indexOf(built);
            if (at >= 0 && (at == 0 || plain.charAt(at - 1) == '/')) {
                String source = plain.substring(0, at) + "src/" + plain.substring(at + built.length());
                all.add(source + ".ts");
                all.add(source + ".js");
                all.add(plain.substring(0, at) + plain.substring(at + built.length()) + ".ts");
            }
        }
        return all;
    }

    private void other(Site site) {
        List<String> words = site.words();
        if (words.contains("-e") || words.contains("-r")) {
            String code = Wrappers.option(words, "-e", "-r").orElse("");
            CodeLanguage language = words.get(0).endsWith("php") ? CodeLanguage.PHP : CodeLanguage.RUBY;
            inline(site, language, code, site.line());
            return;
        }
        List<String> rest = Wrappers.afterOptions(words, 1, Set.of("-I", "-d", "-c"));
        if (rest.isEmpty()) {
            return;
        }
        if (Paths.name(rest.get(0)).equals("artisan")) {
            commands.tools().artisan(site, rest);
        } else if (Set.of("rails", "rake", "bundle").contains(Paths.name(rest.get(0)))) {
            commands.link(site.with(rest));
        } else {
            commands.runFile(site, rest.get(0), How.RUNS, rest.subList(1, rest.size()));
        }
    }

    /** A server loads the module that holds the application, and with it what runs at its start. */
    private void server(String name, Site site) {
        List<String> words = site.words();
        if (name.equals("flask") && commands.tools().flask(site)) {
            return;
        }
        for (String option : Wrappers.options(words, "-c", "--config", "--config-file")) {
            if (option.endsWith(".py")) {
                load(site, option);
            }
        }
        List<String> named = new ArrayList<>(Wrappers.options(words, "-A", "--app", "-m", "--module", "-k"));
        words.stream().skip(1).filter(w -> !w.startsWith("-")).forEach(named::add);
        Optional.ofNullable(site.context().environment().get("FLASK_APP")).ifPresent(named::add);
        for (String word : named) {
            if (word.endsWith(".py")) {
                load(site, word);
            } else if (MODULE.matcher(word).matches()) {
                int colon = word.indexOf(':');
                String module = colon < 0 ? word : word.substring(0, colon);
                Optional<String> path =
                        explorer.programs().module(module, site.context().file(), site.context());
                path.ifPresent(p -> loaded(site, p, colon < 0 ? "" : word.substring(colon + 1)));
                if (path.isPresent()) {
                    return;
                }
            }
        }
    }

    private void loaded(Site site, String path, String application) {
        explorer.edge(site.from(), Node.part(path, ProgramLinker.IMPORT), site.line(), How.IMPORTS, site.context());
        String factory = application.replace("()", "");
        if (!factory.isEmpty()) {
            explorer.edge(
                    site.from(),
                    Node.part(path, ProgramLinker.FUNCTION + factory),
                    site.line(),
                    How.CALLS,
                    site.context());
        }
        commands.tools().djangoStart(site, path);
    }

    private void go(Site site) {
        List<String> words = site.words();
        if (words.size() < 2 || !words.get(1).equals("run")) {
            return;
        }
        List<String> rest = Wrappers.afterOptions(words, 2, Set.of("-tags", "-ldflags", "-C"));
        if (rest.isEmpty()) {
            return;
        }
        if (rest.get(0).endsWith(".go")) {
            commands.runFile(site, rest.get(0), How.RUNS, List.of());
        } else {
            explorer.finder().folder(rest.get(0), site.context()).ifPresent(folder -> {
                for (var file : explorer.tree().matching(Paths.join(folder, "*.go"))) {
                    if (!file.name().endsWith("_test.go")) {
                        explorer.edge(site.from(), Node.file(file.path()), site.line(), How.RUNS, site.context());
                    }
                }
            });
        }
    }

    private void framework(String name, Site site) {
        if (name.equals("nest") && site.words().contains("start")) {
            load(site, "src/main.ts");
        } else if (name.equals("next") && site.words().contains("start")) {
            for (String file : List.of("instrumentation.ts", "src/instrumentation.ts")) {
                if (!explorer.finder().find(file, site.context()).paths().isEmpty()) {
                    load(site, file);
                }
            }
        }
    }
}
