package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.ConfigNode.Entry;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.Optional;
import java.util.Set;

/** Scripts of {@code package.json} and {@code composer.json}, those that run by themselves, and hooks that stand there. */
final class PackageFiles {

    private static final Set<String> ON_INSTALL =
            Set.of("preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare");
    private static final Set<String> ON_DEPLOY = Set.of(
            "heroku-postbuild",
            "heroku-prebuild",
            "vercel-build",
            "gcp-build",
            "railway-build",
            "now-build",
            "netlify-build",
            "postdeploy",
            "predeploy");

    private PackageFiles() {}

    static boolean is(String name) {
        return name.equals("package.json") || name.equals("composer.json");
    }

    static boolean isLintStaged(String name) {
        return name.startsWith(".lintstagedrc") || name.startsWith("lint-staged.config");
    }

    static void read(SurfaceFile file) {
        ConfigNode root = file.settings();
        boolean node = file.name().equals("package.json");
        RunContext context = file.context();
        for (Entry script : root.at("scripts").entries()) {
            script(file, script, context, node);
        }
        lintStaged(file, root.at("lint-staged"), context);
        hooks(file, root.at("husky", "hooks"), context);
        hooks(file, root.at("simple-git-hooks"), context);
        hooks(file, root.at("gitHooks"), context);
        hooks(file, root.at("pre-commit").isMapping() ? root.at("pre-commit") : ConfigNode.MISSING, context);
        ConfigNode seed = root.at("prisma", "seed");
        if (seed.isText()) {
            Node part = file.part("prisma seed");
            file.explorer().shell(part, seed.text(), seed.line(), context);
        }
    }

    private static void script(SurfaceFile file, Entry script, RunContext context, boolean node) {
        Node part = file.part("script " + script.key());
        file.explorer().visit(part);
        RunContext placed = context;
        if (node && ON_INSTALL.contains(script.key())) {
            placed = ignored(file, context);
            file.start(part, Kind.INSTALL, "npm install", script.line(), placed, "package " + file.path());
        } else if (ON_DEPLOY.contains(script.key())) {
            file.start(part, Kind.BUILD, "build of the platform", script.line(), context, "package " + file.path());
        } else if (!node && script.key().startsWith("post-install-cmd")) {
            file.start(part, Kind.INSTALL, "composer install", script.line(), context, "package " + file.path());
        }
        for (ConfigNode text : script.value().items()) {
            String plain = text.text().startsWith("@php ")
                    ? text.text().substring(1)
                    : text.text().replaceFirst("^@", "composer run ");
            file.explorer().shell(part, node ? text.text() : plain, text.line(), context);
        }
    }

    /** Whether the package manager is told to run no such scripts. */
    private static RunContext ignored(SurfaceFile file, RunContext context) {
        for (String folder : Paths.upwards(file.folder())) {
            boolean off = file.explorer()
                    .tree()
                    .text(Paths.join(folder, ".npmrc"))
                    .filter(t -> t.lines().anyMatch(l -> l.replace(" ", "").equals("ignore-scripts=true")))
                    .isPresent();
            if (off) {
                return context.unless(Optional.of("ignore-scripts=true in .npmrc"));
            }
        }
        return context;
    }

    private static void lintStaged(SurfaceFile file, ConfigNode patterns, RunContext context) {
        Node node = file.part("lint-staged");
        for (Entry pattern : patterns.entries()) {
            for (ConfigNode command : pattern.value().items()) {
                if (command.isText()) {
                    file.explorer().shell(node, command.text(), command.line(), context);
                }
            }
        }
    }

    static void readLintStaged(SurfaceFile file) {
        lintStaged(file, file.settings(), file.context());
    }

    private static void hooks(SurfaceFile file, ConfigNode hooks, RunContext context) {
        for (Entry hook : hooks.entries()) {
            if (GitHooks.NAMES.contains(hook.key())) {
                Node node = file.part("hook " + hook.key());
                file.start(node, Kind.GIT_HOOK, "git hook " + hook.key(), hook.line(), context, "hook " + hook.key());
                hook.value().items().forEach(c -> file.explorer().shell(node, c.text(), c.line(), context));
            }
        }
    }
}
