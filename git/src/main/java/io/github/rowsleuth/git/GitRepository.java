package io.github.rowsleuth.git;

import io.github.rowsleuth.probe.AutomationChecker;
import io.github.rowsleuth.probe.MigrationProbe;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.ScriptFinder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;

/**
 * A git repository, read as a witness: a worktree, a linked worktree or a bare repository.
 *
 * <p>Nothing in it is run and nothing is written, neither into it nor elsewhere: no checkout, no fetch, no hook, no git
 * program, no file that its configuration includes. What is read are the stored objects at a commit, not the files that
 * lie in the worktree. Missing and damaged objects are counted and reported as gaps; the rest is read all the same.
 *
 * <p>Immutable; nothing is opened before a probe runs, and every probe closes what it opened.
 *
 * <pre>{@code
 * Investigation.of("shop.orders").probes(GitRepository.at("/srv/app")).run()
 * }</pre>
 */
public final class GitRepository implements ProbeSet {

    private final RepositorySource source;

    private GitRepository(RepositorySource source) {
        this.source = source;
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
        return new GitRepository(new RepositorySource(source.path(), Objects.requireNonNull(revision, "revision")));
    }

    /** {@return finds scripts that can destroy data, by what they hold and by what they are called} */
    public ScriptFinder scripts() {
        return new RepositoryScripts(source);
    }

    /**
     * {@return reads migrations, what they destroy going up and coming down: Alembic, Flyway, Prisma, and pairs of
     * {@code .up.sql} and {@code .down.sql}. A date in a file that names no zone is taken as UTC}
     */
    public MigrationProbe migrations() {
        return new RepositoryMigrations(source);
    }

    /**
     * {@return answers who runs the scripts and migrations that were found, and the destructive commands of the repository:
     * through which chain, on which trigger, under which conditions, and whether a schedule was due. What could not be
     * followed is a gap, so {@code NOT_FOUND} does not say that nothing elsewhere runs it}
     */
    public AutomationChecker automation() {
        return new RepositoryAutomation(source, Set.of());
    }

    /**
     * {@return the same, which answers for further files or commands too}
     *
     * @param names paths within the repository with slashes, or commands such as {@code prisma db push}
     */
    public AutomationChecker automation(String... names) {
        return new RepositoryAutomation(source, Set.of(names));
    }

    @Override
    public List<Probe<?>> probes() {
        return List.of(scripts(), migrations(), automation());
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
            StoredFile file = snapshot.files().stream()
                    .filter(f -> f.path().equals(path))
                    .findFirst()
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
        if (size > Snapshot.MAX_FILE) {
            throw new IllegalStateException("expected at most 1 MiB in '" + file.path() + "'; it holds " + size
                    + " bytes. Read it with: git show <commit>:<path>");
        }
        return new String(repository.objects().bytes(file.id(), Constants.OBJ_BLOB), StandardCharsets.UTF_8);
    }

    /** {@return the path and the revision} */
    @Override
    public String toString() {
        return "git repository " + source;
    }
}
