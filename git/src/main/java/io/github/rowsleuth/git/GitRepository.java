package io.github.rowsleuth.git;

import io.github.rowsleuth.git.index.FileTexts;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.Commit;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.RepositorySource;
import io.github.rowsleuth.git.store.Snapshot;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.probe.AutomationChecker;
import io.github.rowsleuth.probe.MigrationProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.ScriptFinder;
import io.github.rowsleuth.probe.VolumeChanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;

/**
 * A git repository, read as a witness: a worktree, a linked worktree or a bare repository.
 *
 * <p>Nothing in it is run and nothing is written, neither into it nor elsewhere: no checkout, no fetch, no hook, no git
 * program, no file that its configuration includes. What is read are the stored objects at a commit, not the files that
 * lie in the worktree. Missing and damaged objects are counted and reported as gaps; the rest is read all the same.
 *
 * <p>Safe for several threads. Nothing is opened before a probe runs, and every probe closes what it opened. What the
 * probes of one repository learn is shared among them: it is listed, walked and searched once. It is also kept for the next
 * investigation, as long as there is memory for it and the repository did not change; see {@link #asOf(String)}.
 *
 * <p>Memory is bounded: no file of code beyond 1 MiB and no object beyond 32 MiB is looked at, contents of 48 MiB are kept at most, of history at most 250,000 commits
 * and 3,000,000 changes are kept, the newest, which takes up to 250 MB; 10,000 commits take about 15 MB. History beyond that, or
 * beyond the time there is, is a gap.
 *
 * <pre>{@code
 * Investigation.of("shop.orders").probes(GitRepository.at("/srv/app")).run()
 * }</pre>
 */
public final class GitRepository implements ProbeSet {

    private final RepositorySource source;
    private final SharedIndex index;

    private GitRepository(RepositorySource source) {
        this.source = source;
        this.index = new SharedIndex(source);
    }

    /**
     * {@return the repository at that path, to be read as of {@code HEAD}}
     *
     * @param path the root of a worktree, a {@code .git} folder or a bare repository; it need not exist yet
     * @throws java.nio.file.InvalidPathException if the text can not be a path
     */
    public static GitRepository at(String path) {
        return at(Path.of(path));
    }

    /**
     * {@return the repository at that path, to be read as of {@code HEAD}}
     *
     * @param path the root of a worktree, a {@code .git} folder or a bare repository; it need not exist yet
     */
    public static GitRepository at(Path path) {
        return new GitRepository(new RepositorySource(path, "HEAD"));
    }

    /**
     * {@return the same repository, its files to be read as of another commit; history is read on all branches and tags
     * in any case}
     *
     * @param revision a commit id, full or short, a branch, a tag, or an ancestor of one such as {@code main~2}
     */
    public GitRepository asOf(String revision) {
        return new GitRepository(source.asOf(Objects.requireNonNull(revision, "revision")));
    }

    /**
     * {@return finds scripts that can destroy data: by what they hold, SQL or calls and commands that stand for it, and,
     * apart from these, by what they are called. Their lives are told through renamings; scripts that are no longer
     * there, or only on other branches, are listed apart, as is what only looks destructive, with the reason}
     */
    public ScriptFinder scripts() {
        return new RepositoryScripts(index);
    }

    /**
     * {@return reads migrations, and what they destroy going up and coming down: Alembic, Django, Flyway, Liquibase, Rails,
     * Ecto, Prisma, Drizzle, Supabase, Knex, Sequelize, TypeORM, Kysely, node-pg-migrate, MikroORM, golang-migrate, goose,
     * dbmate, sql-migrate, Diesel, Laravel, Doctrine, Entity Framework Core, and folders of numbered SQL. A date in a file
     * that names no zone is taken as UTC. With an answer of type {@link io.github.rowsleuth.probe.AppliedMigrations} at
     * hand, applied migrations are told from pending ones}
     */
    public MigrationProbe migrations() {
        return new RepositoryMigrations(index);
    }

    /**
     * {@return answers who runs the scripts and migrations that were found, and the destructive commands of the repository:
     * through which chain, on which trigger, under which conditions, and whether a schedule was due. What could not be
     * followed is a gap, so {@code NOT_FOUND} does not say that nothing elsewhere runs it}
     */
    public AutomationChecker automation() {
        return new RepositoryAutomation(index, Set.of());
    }

    /**
     * {@return the same, which answers for further files or commands too}
     *
     * @param names paths within the repository with slashes, or commands such as {@code prisma db push}
     */
    public AutomationChecker automation(String... names) {
        return new RepositoryAutomation(index, Set.of(names));
    }

    /**
     * {@return finds files from which lost tables may have been filled, such as seeds and imports as {@code .csv} or
     * {@code .xlsx}: of each path what it held last before the loss was noticed, on any branch or tag, though it may have
     * been deleted since. Nothing is imported, and no value of a row enters the findings. Files beyond 32 MiB, and those
     * that Git LFS keeps elsewhere, are named as gaps}
     */
    public Probe<TableSources> sourceFiles() {
        return new RepositorySources(index);
    }

    /**
     * {@return tells by which commits the volume that compose keeps the data of PostgreSQL in came to be called otherwise:
     * a folder with its file was renamed, or {@code name:}, {@code COMPOSE_PROJECT_NAME} in a committed {@code .env}, or the
     * volume itself. The next start then begins with an empty volume. Only files of compose that the examined commit has
     * are followed, at most 50, back through their renamings; for one at the root of the repository the folder counts in
     * which the repository lies now}
     */
    public Probe<VolumeChanges> volumes() {
        return new RepositoryVolumes(index);
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(scripts(), migrations(), automation(), sourceFiles(), volumes());
    }

    /**
     * {@return a file as it was at a commit, decoded as UTF-8}
     *
     * @param path the path within the repository, with slashes
     * @param revision a commit id, full or short, a branch, a tag, or an ancestor of one such as {@code main~2}
     * @throws IllegalArgumentException if the repository does not know the revision, or the commit not the path; the
     *     message offers paths that are near
     * @throws IllegalStateException if the repository can not be read, or the file is larger than 1 MiB
     */
    public String contentAt(String path, String revision) {
        try (OpenRepository repository = source.open()) {
            Commit commit = commit(repository, revision);
            Snapshot snapshot = Snapshot.of(repository, commit, source.path().toString());
            StoredFile file = snapshot.file(path)
                    .orElseThrow(() -> new IllegalArgumentException("expected the file '" + path + "' at "
                            + commit.ref().shortId() + "; it is not there. Near: "
                            + NearPaths.to(path, snapshot.files())));
            return content(repository, file);
        } catch (ProbeUnavailableException e) {
            throw new IllegalStateException(e.getMessage() + "; " + e.remedy(), e);
        } catch (IOException | LargeObjectException e) {
            throw new IllegalStateException(
                    "expected '" + path + "' at " + revision + " to be readable; " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("reading '" + path + "' was interrupted", e);
        }
    }

    private static Commit commit(OpenRepository repository, String revision) throws IOException {
        try {
            return repository.revisions().commit(revision);
        } catch (ProbeUnavailableException e) {
            throw new IllegalArgumentException(e.getMessage() + "; " + e.remedy(), e);
        }
    }

    private static String content(OpenRepository repository, StoredFile file) throws IOException {
        long size = repository.objects().size(file.id());
        if (size > FileTexts.MAX_FILE) {
            throw new IllegalStateException("expected at most 1 MiB in '" + file.path() + "'; it holds " + size
                    + " bytes. Read it with: git show <commit>:<path>");
        }
        return new String(repository.objects().file(file.id(), FileTexts.MAX_FILE), StandardCharsets.UTF_8);
    }

    /** {@return the path and the revision} */
    @Override
    public String toString() {
        return "git repository " + source;
    }
}
