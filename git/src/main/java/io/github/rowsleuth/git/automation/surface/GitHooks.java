package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Gap;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hooks of git, however they are kept: husky, a folder of hooks, pre-commit, lefthook. */
final class GitHooks {

    static final Set<String> NAMES = Set.of(
            "pre-commit",
            "pre-push",
            "commit-msg",
            "prepare-commit-msg",
            "post-commit",
            "post-merge",
            "post-checkout",
            "post-rewrite",
            "pre-rebase",
            "pre-receive",
            "post-receive",
            "update",
            "pre-merge-commit",
            "applypatch-msg",
            "post-applypatch",
            "pre-auto-gc",
            "pre-applypatch");

    private static final Set<String> FOLDERS =
            Set.of(".husky", ".githooks", ".git-hooks", "githooks", "git-hooks", "hooks");

    private GitHooks() {}

    static boolean isHook(String path) {
        String folder = Paths.name(Paths.folder(path));
        boolean kept = FOLDERS.contains(folder);
        return kept && NAMES.contains(Shelved.inUse(Paths.name(path)));
    }

    static boolean isPreCommit(String name) {
        return name.equals(".pre-commit-config.yaml")
                || name.equals(".pre-commit-config.yml")
                || name.equals("prek.toml");
    }

    static boolean isLefthook(String name) {
        return name.startsWith("lefthook") || name.startsWith(".lefthook");
    }

    static void read(SurfaceFile file) {
        String hook = Shelved.inUse(Paths.name(file.path()));
        Node node = Node.file(file.path());
        String base = Paths.folder(file.folder());
        RunContext context = RunContext.of(file.path(), base).unless(Shelved.reason(file.path()));
        file.start(node, Kind.GIT_HOOK, "git hook " + hook, 1, context, "hook " + hook);
        file.explorer().shell(node, file.text(), 1, context);
    }

    static void readPreCommit(SurfaceFile file) {
        ConfigNode root = file.settings();
        List<String> defaults = root.at("default_stages").texts();
        for (ConfigNode repository : root.at("repos").items()) {
            boolean local = repository.at("repo").text().equals("local");
            for (ConfigNode hook : repository.at("hooks").items()) {
                if (local || hook.has("entry")) {
                    preCommit(file, hook, defaults);
                } else if (repository.at("repo").text().contains("://")) {
                    file.gap(
                            Gap.Kind.FOREIGN_REPOSITORY,
                            "hook " + hook.at("id").text() + " of "
                                    + repository.at("repo").text(),
                            hook.line());
                }
            }
        }
    }

    private static void preCommit(SurfaceFile file, ConfigNode hook, List<String> defaults) {
        List<String> stages = hook.has("stages") ? hook.at("stages").texts() : defaults;
        RunContext context = file.atRoot();
        Node node = file.part("hook " + hook.at("id").text());
        String language = hook.at("language").text();
        ConfigNode entry = hook.at("entry");
        boolean manual = !stages.isEmpty() && stages.stream().allMatch(s -> s.equals("manual"));
        RunContext placed = manual
                ? context.unless(Optional.of("stages: manual"))
                : language.equals("fail") || language.equals("pygrep")
                        ? context.unless(Optional.of("language: " + language + " runs nothing"))
                        : context;
        for (String stage : stages.isEmpty() ? List.of("pre-commit") : stages) {
            String name = stage.equals("commit") || stage.equals("manual")
                    ? "pre-commit"
                    : stage.equals("push") ? "pre-push" : stage;
            file.start(
                    node,
                    Kind.GIT_HOOK,
                    "git hook " + name,
                    hook.line(),
                    placed,
                    "hook " + hook.at("id").text());
        }
        String arguments = String.join(" ", hook.at("args").texts());
        file.explorer().shell(node, (entry.text() + " " + arguments).strip(), entry.textLine(), placed);
    }

    static void readLefthook(SurfaceFile file) {
        ConfigNode root = file.settings();
        for (Entry hook : root.entries()) {
            if (NAMES.contains(hook.key())) {
                Node node = file.part("hook " + hook.key());
                RunContext context = skipped(hook.value(), file.atRoot());
                file.start(
                        node,
                        Kind.GIT_HOOK,
                        "git hook " + hook.key(),
                        hook.line(),
                        file.atRoot(),
                        "hook " + hook.key());
                lefthook(file, node, hook.value().at("commands"), context);
                lefthook(file, node, hook.value().at("scripts"), context);
                hook.value().at("jobs").items().forEach(j -> command(file, node, j, skipped(j, context)));
            }
        }
    }

    private static void lefthook(SurfaceFile file, Node node, ConfigNode commands, RunContext context) {
        for (Entry command : commands.entries()) {
            command(file, node, command.value(), skipped(command.value(), context));
            if (command.value().has("runner")) {
                String path = ".lefthook/" + node.name().substring("hook ".length()) + "/" + command.key();
                file.explorer().file(node, path, command.line(), context);
            }
        }
    }

    private static void command(SurfaceFile file, Node node, ConfigNode command, RunContext context) {
        ConfigNode run = command.at("run");
        String folder = command.at("root").text();
        if (run.isText()) {
            file.explorer()
                    .shell(
                            node,
                            run.text().replaceAll("\\{\\w+}", ""),
                            run.textLine(),
                            folder.isEmpty() ? context : context.in(folder));
        }
    }

    private static RunContext skipped(ConfigNode node, RunContext context) {
        return node.at("skip").isTrue() ? context.unless(Optional.of("skip: true")) : context;
    }
}
