package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.store.ShelvedNames;
import io.github.rowsleuth.git.store.StoredFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that can run a script, or speak of one.
 *
 * @param disabled whether its name puts it out of use
 */
record AutomationFile(Kind kind, String path, boolean disabled, String text, List<String> lines) {

    /** What reads the file. */
    enum Kind {
        DOCKERFILE("Dockerfiles"),
        COMPOSE("compose files"),
        WORKFLOW("workflows"),
        GITLAB("GitLab pipelines"),
        MAKEFILE("Makefiles"),
        NPM("package.json"),
        PROCFILE("Procfiles"),
        CRONTAB("crontabs"),
        ENTRYPOINT("entrypoints"),
        SHELL("shell scripts"),
        DOCUMENT("documents");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        String plural() {
            return plural;
        }

        boolean yaml() {
            return this == COMPOSE || this == WORKFLOW || this == GITLAB;
        }
    }

    AutomationFile {
        lines = List.copyOf(lines);
    }

    static Optional<AutomationFile> of(StoredFile file, String text) {
        return kind(file)
                .map(k -> new AutomationFile(
                        k,
                        file.path(),
                        !ShelvedNames.inUse(file.name()).equals(file.name()),
                        text,
                        text.lines().toList()));
    }

    static Optional<Kind> kind(StoredFile file) {
        String name = ShelvedNames.inUse(file.name()).toLowerCase(Locale.ROOT);
        boolean yaml = name.endsWith(".yml") || name.endsWith(".yaml");
        if (name.startsWith("dockerfile") || name.endsWith(".dockerfile") || name.startsWith("containerfile")) {
            return Optional.of(Kind.DOCKERFILE);
        } else if (yaml && (name.startsWith("docker-compose") || name.startsWith("compose"))) {
            return Optional.of(Kind.COMPOSE);
        } else if (yaml && file.path().startsWith(".github/")) {
            return Optional.of(Kind.WORKFLOW);
        } else if (name.equals(".gitlab-ci.yml")) {
            return Optional.of(Kind.GITLAB);
        } else if (name.equals("makefile") || name.equals("gnumakefile") || name.endsWith(".mk")) {
            return Optional.of(Kind.MAKEFILE);
        } else if (name.equals("package.json")) {
            return Optional.of(Kind.NPM);
        } else if (name.startsWith("procfile")) {
            return Optional.of(Kind.PROCFILE);
        } else if (name.contains("crontab")
                || name.endsWith(".cron")
                || file.parentName().startsWith("cron.")) {
            return Optional.of(Kind.CRONTAB);
        } else if (name.contains("entrypoint")) {
            return Optional.of(Kind.ENTRYPOINT);
        } else if (Language.ofName(name).filter(l -> l == Language.SHELL).isPresent()) {
            return Optional.of(Kind.SHELL);
        }
        boolean document = name.endsWith(".md") || name.endsWith(".rst") || name.endsWith(".adoc");
        return document ? Optional.of(Kind.DOCUMENT) : Optional.empty();
    }
}
