package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.config.ConfigNode;
import io.github.rowsleuth.git.automation.config.JsonReader;
import io.github.rowsleuth.git.automation.config.MalformedFileException;
import io.github.rowsleuth.git.automation.follow.Crontabs;
import io.github.rowsleuth.git.automation.follow.PathMapping;
import io.github.rowsleuth.git.automation.follow.RunContext;
import io.github.rowsleuth.git.automation.graph.Node;
import io.github.rowsleuth.git.automation.tree.Glob;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.AutomationTrigger.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images: what a build runs, and what a container of them runs when it starts. */
final class Dockerfiles {

    static final String BUILD = "build";
    static final String START = "start";

    private static final String INITIALISED_FROM = "/docker-entrypoint-initdb.d";
    private static final int MAX_COPIES = 400;

    private Dockerfiles() {}

    static boolean is(String name) {
        return name.equals("dockerfile")
                || name.startsWith("dockerfile.")
                || name.endsWith(".dockerfile")
                || name.equals("containerfile")
                || name.startsWith("dockerfile-");
    }

    /** A stage: what lies where in it, and what it would run. */
    static final class Stage {
        String name = "";
        PathMapping mapping = PathMapping.NONE;
        String directory = "/";
        final Map<String, String> environment = new HashMap<>();
        Optional<DockerInstruction> entrypoint = Optional.empty();
        Optional<DockerInstruction> command = Optional.empty();
        final List<DockerInstruction> overridden = new ArrayList<>();
        Optional<DockerInstruction> health = Optional.empty();
    }

    static void read(SurfaceFile file) {
        List<Stage> stages = new Image(file, file.folder()).stages();
        Node build = file.part(BUILD);
        file.start(build, Kind.BUILD, "image build", 1, file.context(), "image " + file.path());
        for (int i = 0; i < stages.size(); i++) {
            boolean last = i == stages.size() - 1;
            stage(file, stages.get(i), last, i);
        }
        if (!stages.isEmpty()) {
            Node start = file.part(START);
            file.explorer().later(() -> startIfNobodyElseDoes(file, start));
        }
    }

    /** A container is started from the image at least by a person or a platform that the repository does not tell of. */
    private static void startIfNobodyElseDoes(SurfaceFile file, Node start) {
        file.explorer().later(() -> {
            if (file.explorer().graph().in(start).isEmpty()) {
                file.start(start, Kind.START, "container start", 1, file.context(), "image " + file.path());
            }
        });
    }

    private static void stage(SurfaceFile file, Stage stage, boolean last, int index) {
        RunContext context = file.context()
                .inside(stage.mapping)
                .in(stage.directory)
                .with(stage.environment)
                .unless(
                        last
                                ? Optional.empty()
                                : Optional.of("the stage " + (stage.name.isEmpty() ? index + "" : stage.name)
                                        + " is not the last one"));
        Node start = file.part(last ? START : START + " of stage " + (stage.name.isEmpty() ? index + "" : stage.name));
        started(file, start, stage, List.of(), Optional.empty(), context);
        if (!last) {
            file.start(start, Kind.START, "container start", 1, context, "image " + file.path());
        }
        for (DockerInstruction before : stage.overridden) {
            run(
                    file,
                    start,
                    before,
                    List.of(),
                    context.unless(Optional.of("a later " + before.name() + " replaces it")));
        }
        stage.health.ifPresent(health -> {
            Node check = file.part("health check");
            file.start(check, Kind.START, "health check", health.line(), context, "image " + file.path());
            run(file, check, health, List.of(), context);
        });
        file.explorer().learn(stage.mapping);
    }

    /**
     * What a container runs when it starts: the entry point with the command as its arguments.
     *
     * @param words the command, where something else than the image gives it
     */
    static void started(
            SurfaceFile file, Node from, Stage stage, List<String> words, Optional<Integer> line, RunContext context) {
        List<String> command = words;
        if (command.isEmpty() && stage.command.isPresent()) {
            command = stage.command.get().words();
        }
        if (stage.entrypoint.isPresent()) {
            run(file, from, stage.entrypoint.get(), command, context);
        } else if (!words.isEmpty()) {
            file.explorer().words(from, words, line.orElse(1), context);
        } else {
            stage.command.ifPresent(c -> run(file, from, c, List.of(), context));
        }
    }

    private static void run(
            SurfaceFile file, Node from, DockerInstruction instruction, List<String> more, RunContext context) {
        if (instruction.isExec()) {
            List<String> words = new ArrayList<>(instruction.words());
            words.addAll(more);
            file.explorer().words(from, words, instruction.line(), context);
        } else {
            file.explorer().shell(from, instruction.value(), instruction.line(), context);
        }
    }

    /** The instructions of a file, applied one after the other. */
    static final class Image {

        private final SurfaceFile file;
        private final RepositoryTree tree;
        private final String contextFolder;
        private final List<Stage> stages = new ArrayList<>();
        private final Map<String, String> arguments = new HashMap<>();

        Image(SurfaceFile file, String folder) {
            this.file = file;
            this.tree = file.explorer().tree();
            this.contextFolder = folder;
        }

        List<Stage> stages() {
            String folder = contextFolder;
            for (DockerInstruction instruction : DockerInstruction.all(file.text())) {
                apply(instruction, folder);
            }
            return stages;
        }

        private Stage stage() {
            if (stages.isEmpty()) {
                stages.add(new Stage());
            }
            return stages.get(stages.size() - 1);
        }

        private void apply(DockerInstruction instruction, String folder) {
            switch (instruction.name()) {
                case "FROM" -> from(instruction);
                case "ARG", "ENV" -> variables(instruction);
                case "WORKDIR" ->
                    stage().directory = Paths.join(
                            stage().directory, filled(instruction.value().strip()));
                case "COPY", "ADD" -> copy(instruction, folder);
                case "RUN" -> build(instruction);
                case "ENTRYPOINT" -> {
                    stage().entrypoint.ifPresent(stage().overridden::add);
                    stage().entrypoint = Optional.of(instruction);
                }
                case "CMD" -> {
                    stage().command.ifPresent(stage().overridden::add);
                    stage().command = Optional.of(instruction);
                }
                case "HEALTHCHECK" -> stage().health = instruction.afterWord("CMD");
                case "ONBUILD" -> onBuild(instruction);
                default -> {}
            }
        }

        private void from(DockerInstruction instruction) {
            List<String> words = instruction.plainWords();
            Stage stage = new Stage();
            String base =
                    words.stream().filter(w -> !w.startsWith("--")).findFirst().orElse("");
            int as = -1;
            for (int i = 0; i < words.size(); i++) {
                as = words.get(i).equalsIgnoreCase("AS") ? i : as;
            }
            stage.name = as >= 0 && as + 1 < words.size() ? words.get(as + 1) : "";
            for (Stage before : stages) {
                if (before.name.equals(base)) {
                    stage.mapping = before.mapping;
                    stage.directory = before.directory;
                    stage.environment.putAll(before.environment);
                    stage.entrypoint = before.entrypoint;
                    stage.command = before.command;
                }
            }
            stages.add(stage);
        }

        private void variables(DockerInstruction instruction) {
            List<String> words = instruction.plainWords();
            for (int i = 0; i < words.size(); i++) {
                int sign = words.get(i).indexOf('=');
                if (sign > 0) {
                    variable(words.get(i).substring(0, sign), words.get(i).substring(sign + 1));
                } else if (i == 0 && words.size() == 2 && instruction.name().equals("ENV")) {
                    variable(words.get(0), words.get(1));
                }
            }
        }

        private void variable(String name, String value) {
            String plain = filled(value.replaceAll("^['\"]|['\"]$", ""));
            arguments.put(name, plain);
            if (!stages.isEmpty()) {
                stage().environment.put(name, plain);
            }
        }

        private String filled(String text) {
            String filled = text;
            for (Map.Entry<String, String> entry : arguments.entrySet()) {
                filled = filled.replace("${" + entry.getKey() + "}", entry.getValue())
                        .replace("$" + entry.getKey(), entry.getValue());
            }
            return filled;
        }

        private void copy(DockerInstruction instruction, String folder) {
            List<String> all = instruction.isExec() ? instruction.words() : instruction.plainWords();
            Optional<String> other =
                    all.stream().filter(w -> w.startsWith("--from=")).findFirst();
            List<String> words = all.stream()
                    .filter(w -> !w.startsWith("--"))
                    .map(this::filled)
                    .toList();
            if (words.size() < 2 || words.get(0).startsWith("<<")) {
                return;
            }
            String target = words.get(words.size() - 1);
            String to = Paths.join(stage().directory, target);
            boolean intoFolder = target.endsWith("/") || target.endsWith(".") || words.size() > 2;
            for (String source : words.subList(0, words.size() - 1)) {
                if (other.isPresent()) {
                    fromStage(other.get().substring("--from=".length()), source, to);
                } else {
                    copied(source, to, intoFolder, folder, instruction);
                }
            }
        }

        /** What lies at a path in an earlier stage lies at the target now, as far as the repository knows of it. */
        private void fromStage(String name, String source, String to) {
            for (Stage before : stages.subList(0, stages.size() - 1)) {
                if (before.name.equals(name)) {
                    before.mapping
                            .below(source)
                            .forEach((inside, path) ->
                                    stage().mapping = stage().mapping.with(Paths.join(to, inside), path));
                }
            }
        }

        private void copied(
                String source, String to, boolean intoFolder, String folder, DockerInstruction instruction) {
            for (String base : bases(folder)) {
                String path = Paths.join(base, source);
                if (Glob.isPattern(path)) {
                    List<TreeFile> files = tree.matching(path);
                    files.stream()
                            .limit(MAX_COPIES)
                            .forEach(f -> placed(Paths.join(to, f.name()), f.path(), instruction));
                    if (!files.isEmpty()) {
                        return;
                    }
                } else if (tree.contains(path)) {
                    placed(intoFolder ? Paths.join(to, Paths.name(path)) : to, path, instruction);
                    return;
                } else if (tree.isFolder(path)) {
                    placed(to, path, instruction);
                    return;
                }
            }
        }

        /** The folders that a build may have been given: that of the file first, then those above it. */
        private List<String> bases(String folder) {
            return Paths.upwards(folder);
        }

        private void placed(String inside, String path, DockerInstruction instruction) {
            stage().mapping = stage().mapping.with(inside, path);
            RunContext context = file.context();
            if (inside.startsWith(INITIALISED_FROM)) {
                Initialisation.from(file, path, instruction.line(), context);
            }
            if (inside.startsWith("/etc/cron.d/")
                    || inside.startsWith("/etc/crontabs/")
                    || inside.contains("/spool/cron/")) {
                PathMapping mapping = stage().mapping;
                file.explorer()
                        .later(() -> tree.text(path)
                                .ifPresent(t -> new Crontabs(file.explorer())
                                        .read(
                                                t,
                                                1,
                                                context.within(path)
                                                        .inside(mapping)
                                                        .in("/")
                                                        .unless(context.disabled()),
                                                inside.startsWith("/etc/cron.d/"),
                                                "crontab " + path)));
            }
        }

        private void build(DockerInstruction instruction) {
            RunContext context =
                    file.context().inside(stage().mapping).in(stage().directory).with(stage().environment);
            Node build = file.part(BUILD);
            if (instruction.document().isPresent()) {
                file.explorer()
                        .shell(
                                build,
                                instruction.document().get().text(),
                                instruction.document().get().line(),
                                context);
            } else if (instruction.isExec()) {
                file.explorer().words(build, instruction.words(), instruction.line(), context);
            } else {
                file.explorer().shell(build, instruction.value(), instruction.line(), context);
            }
        }

        private void onBuild(DockerInstruction instruction) {
            instruction.afterWord("RUN").ifPresent(run -> {
                Node node = file.part("build of an image based on it");
                file.start(
                        node,
                        Kind.BUILD,
                        "build of an image based on it",
                        run.line(),
                        file.context(),
                        "image " + file.path());
                file.explorer()
                        .shell(
                                node,
                                run.value(),
                                run.line(),
                                file.context().inside(stage().mapping).in(stage().directory));
            });
        }
    }

    /** The words of the exec form, where the text is one. */
    static Optional<List<String>> exec(String text) {
        String plain = text.strip();
        if (!plain.startsWith("[")) {
            return Optional.empty();
        }
        try {
            ConfigNode list = JsonReader.read(plain);
            return list.isList() ? Optional.of(list.texts()) : Optional.empty();
        } catch (MalformedFileException e) {
            return Optional.empty();
        }
    }

    static List<String> split(String text) {
        return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+", -1));
    }
}
