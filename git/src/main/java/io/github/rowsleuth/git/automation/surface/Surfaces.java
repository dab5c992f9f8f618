package io.github.rowsleuth.git.automation.surface;

import io.github.rowsleuth.git.automation.code.CodeLanguage;
import io.github.rowsleuth.git.automation.follow.Explorer;
import io.github.rowsleuth.git.automation.tree.Paths;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Tells which surfaces a file is one of, and reads it as each of them. */
public final class Surfaces {

    /** A kind of file. */
    private record Surface(
            String plural, BiPredicate<String, String> named, Consumer<SurfaceFile> reader, boolean comments) {}

    private static final List<Surface> BY_NAME = List.of(
            surface("Dockerfiles", (p, n) -> Dockerfiles.is(n), Dockerfiles::read, true),
            surface("compose files", (p, n) -> ComposeFiles.is(n), ComposeFiles::read, true),
            surface("workflows", (p, n) -> Workflows.is(p), Workflows::read, true),
            surface("actions", (p, n) -> Workflows.isAction(n), Workflows::readAction, false),
            surface("GitLab pipelines", (p, n) -> GitlabPipelines.is(n), GitlabPipelines::read, true),
            surface("Jenkinsfiles", (p, n) -> Jenkinsfiles.is(n), Jenkinsfiles::read, true),
            surface("CircleCI pipelines", (p, n) -> CirclePipelines.is(p), CirclePipelines::read, true),
            surface("Azure pipelines", AzurePipelines::is, AzurePipelines::read, true),
            surface(
                    "Bitbucket pipelines",
                    (p, n) -> OtherPipelines.isBitbucket(n),
                    OtherPipelines::readBitbucket,
                    true),
            surface("other pipelines", (p, n) -> OtherPipelines.isSimple(n), OtherPipelines::readSimple, true),
            surface("Makefiles", (p, n) -> Makefiles.is(n), Makefiles::read, false),
            surface("justfiles", (p, n) -> Makefiles.isJust(n), Makefiles::readJust, false),
            surface("Taskfiles", (p, n) -> Makefiles.isTask(n), Makefiles::readTasks, false),
            surface("package.json", (p, n) -> PackageFiles.is(n), PackageFiles::read, false),
            surface("lint-staged", (p, n) -> PackageFiles.isLintStaged(n), PackageFiles::readLintStaged, false),
            surface("git hooks", (p, n) -> GitHooks.isHook(p), GitHooks::read, true),
            surface("pre-commit", (p, n) -> GitHooks.isPreCommit(n), GitHooks::readPreCommit, true),
            surface("lefthook", (p, n) -> GitHooks.isLefthook(n), GitHooks::readLefthook, true),
            surface("Procfiles", (p, n) -> Procfiles.is(n), Procfiles::read, false),
            surface("app.json", (p, n) -> Procfiles.isApp(n), Procfiles::readApp, false),
            surface("Railway", (p, n) -> Platforms.isRailway(n), Platforms::readRailway, true),
            surface("Render", (p, n) -> Platforms.isRender(n), Platforms::readRender, true),
            surface("Fly", (p, n) -> Platforms.isFly(n), Platforms::readFly, true),
            surface("Vercel and Netlify", (p, n) -> Platforms.isVercel(n), Platforms::readVercel, false),
            surface("PM2", Pm2Files::is, Pm2Files::read, false),
            surface("crontabs", CrontabFiles::is, CrontabFiles::read, false),
            surface("periodic scripts", (p, n) -> CrontabFiles.isPeriodic(p), CrontabFiles::readPeriodic, false),
            surface("App Engine cron", (p, n) -> CrontabFiles.isAppEngine(n), CrontabFiles::readAppEngine, false),
            surface("systemd units", (p, n) -> SystemdUnits.is(n), SystemdUnits::read, true),
            surface("Terraform", (p, n) -> Terraform.is(n), Terraform::read, true),
            surface("rake tasks", (p, n) -> RubyTasks.isRake(n), RubyTasks::readRake, false),
            surface("instructions to agents", Agents::is, Agents::read, false),
            surface("settings of agents", (p, n) -> Agents.isSettings(p), Agents::readSettings, false),
            surface("containers to develop in", Devcontainers::is, Devcontainers::read, false));

    private static final List<Surface> BY_TEXT = List.of(
            surface("app specs", (p, t) -> Platforms.isAppSpec(p, lower(p), t), Platforms::readAppSpec, true),
            surface("Kubernetes", Kubernetes::is, Kubernetes::read, true),
            surface("playbooks", Ansible::isPlaybook, Surfaces::playbook, false),
            surface("tasks of Ansible", (p, t) -> Ansible.isTasks(p), Ansible::readTasks, false),
            surface(
                    "supervisor",
                    (p, t) -> CrontabFiles.isSupervisor(lower(p), t),
                    CrontabFiles::readSupervisor,
                    false),
            surface("whenever", RubyTasks::isWhenever, RubyTasks::readWhenever, false));

    private Surfaces() {}

    private static Surface surface(
            String plural, BiPredicate<String, String> named, Consumer<SurfaceFile> reader, boolean comments) {
        return new Surface(plural, named, reader, comments);
    }

    private static void playbook(SurfaceFile file) {
        Ansible.readPlaybook(file);
        Ansible.applied(file, file.part("playbook"));
    }

    private static String lower(String path) {
        return Shelved.inUse(Paths.name(path)).toLowerCase(java.util.Locale.ROOT);
    }

    /** The kinds of surfaces, as a person counts them. */
    public static List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        BY_NAME.forEach(s -> kinds.add(s.plural));
        BY_TEXT.forEach(s -> kinds.add(s.plural));
        return kinds;
    }

    /** Reads a file as what it is; gives the kinds of surfaces that it is one of. */
    public static List<String> read(TreeFile file, String text, Explorer explorer) {
        List<String> kinds = new ArrayList<>();
        SurfaceFile surface = new SurfaceFile(file.path(), text, explorer);
        for (Surface kind : BY_NAME) {
            if (kind.named.test(file.path(), surface.name())) {
                read(kind, surface, kinds);
            }
        }
        if (kinds.isEmpty() && mayBeOne(file.path())) {
            for (Surface kind : BY_TEXT) {
                if (kind.named.test(file.path(), text)) {
                    read(kind, surface, kinds);
                }
            }
        }
        code(surface, text, kinds);
        return kinds;
    }

    private static void read(Surface kind, SurfaceFile file, List<String> kinds) {
        kind.reader.accept(file);
        if (kind.comments) {
            Comments.read(file);
        }
        kinds.add(kind.plural);
    }

    private static boolean mayBeOne(String path) {
        String name = lower(path);
        return name.endsWith(".yml")
                || name.endsWith(".yaml")
                || name.endsWith(".tpl")
                || name.endsWith(".conf")
                || name.endsWith(".ini")
                || name.endsWith("schedule.rb");
    }

    /** Schedules inside of programs and SQL. */
    private static void code(SurfaceFile file, String text, List<String> kinds) {
        Optional<CodeLanguage> language = CodeLanguage.ofExtension(Paths.extension(Shelved.inUse(file.path())));
        boolean sql = file.path().endsWith(".sql");
        if ((sql || language.isPresent()) && PgCron.is(text)) {
            PgCron.read(file);
            kinds.add("pg_cron");
        }
        if (language.isEmpty()) {
            return;
        }
        if (language.get() == CodeLanguage.PYTHON && CelerySchedules.is(text)) {
            CelerySchedules.read(file);
            kinds.add("Celery schedules");
        }
        if (language.get() == CodeLanguage.PYTHON && AirflowDags.is(text)) {
            AirflowDags.read(file);
            kinds.add("Airflow graphs");
        }
        if (CodeSchedules.is(text)) {
            CodeSchedules.read(file, language.get());
            kinds.add("schedules in code");
        }
    }
}
