package io.github.rowsleuth.git;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.index.FileTexts;
import io.github.rowsleuth.git.index.IndexedRepository;
import io.github.rowsleuth.git.index.SharedIndex;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.probe.VolumeChanges;
import io.github.rowsleuth.probe.VolumeChanges.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/** Follows the files of compose of a commit back through history, and what they called the volumes of a server. */
final class RepositoryVolumes implements Probe<VolumeChanges> {

    static final String ID = "git.volumes";

    private static final int MOST_FILES = 50;

    private final SharedIndex index;

    RepositoryVolumes(SharedIndex index) {
        this.index = index;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Class<VolumeChanges> answerType() {
        return VolumeChanges.class;
    }

    @Override
    public Volatility volatility() {
        return Volatility.REPOSITORY;
    }

    @Override
    public VolumeChanges examine(Examination examination) throws Exception {
        try (IndexedRepository repository = index.open(examination)) {
            List<StoredFile> files = repository.snapshot().files().stream()
                    .filter(f -> ComposeVolumes.isFile(f.name()))
                    .toList();
            List<Change> changes = new ArrayList<>();
            Life life = new Life(repository, examination);
            for (StoredFile file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
                OpenRepository.checkInterrupt();
                changes.addAll(life.of(file.path()));
            }
            changes.sort(Comparator.comparing(c -> c.commit().committed()));
            cover(examination, files.size(), life.unread);
            return new VolumeChanges(changes);
        }
    }

    private static void cover(Examination examination, int files, int unread) {
        String searched = files + " files of compose";
        if (files > MOST_FILES || unread > 0) {
            examination.gap(
                    "of " + searched + " the first " + Math.min(files, MOST_FILES) + " were followed, and " + unread
                            + " of their contents could not be read",
                    "a volume that was called otherwise before may be overlooked",
                    "look for it by hand: docker volume ls");
        }
        examination.coverage(
                files > MOST_FILES || unread > 0 ? Coverage.partial(searched) : Coverage.complete(searched));
    }

    /** The lives of files of one repository. */
    private final class Life {

        private final IndexedRepository repository;
        private final Examination examination;
        private final FileHistory history;
        private int unread;

        Life(IndexedRepository repository, Examination examination) throws InterruptedException {
            this.repository = repository;
            this.examination = examination;
            this.history = repository.history();
        }

        /** What happened to the file itself, or to {@code .env} beside it. */
        private record Step(FileHistory.Event event, boolean environment) {}

        List<Change> of(String path) {
            List<Step> steps = new ArrayList<>();
            history.life(path, repository.repository()).forEach(e -> steps.add(new Step(e, false)));
            history.life(beside(path), repository.repository()).forEach(e -> steps.add(new Step(e, true)));
            steps.sort(Comparator.comparing(s -> s.event().change().commit().committed()));
            List<Change> changes = new ArrayList<>();
            String environment = "";
            Optional<FileHistory.Event> compose = Optional.empty();
            Map<String, String> names = Map.of();
            for (Step step : steps) {
                if (step.environment()) {
                    environment = step.event().content().flatMap(this::text).orElse("");
                } else if (step.event().content().isPresent()) {
                    compose = Optional.of(step.event());
                }
                Map<String, String> next = names(compose, environment);
                changes.addAll(between(names, next, step.event().change().commit(), path));
                names = next.isEmpty() ? names : next;
            }
            return changes;
        }

        private Map<String, String> names(Optional<FileHistory.Event> compose, String environment) {
            return compose.flatMap(e -> e.content()
                            .flatMap(this::text)
                            .map(t -> ComposeVolumes.names(
                                    t, environment, folder(e.change().path()))))
                    .orElse(Map.of());
        }

        private Optional<String> text(ObjectId content) {
            try {
                byte[] bytes = repository.repository().objects().file(content, FileTexts.MAX_FILE);
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException | LargeObjectException e) {
                unread++;
                return Optional.empty();
            }
        }

        private List<Change> between(
                Map<String, String> before, Map<String, String> after, CommitRef commit, String path) {
            List<Change> changes = new ArrayList<>();
            after.forEach((mount, name) -> {
                Optional<String> old = Optional.ofNullable(before.get(mount))
                        .or(() -> before.size() == 1 && after.size() == 1
                                ? before.values().stream().findFirst()
                                : Optional.empty());
                old.filter(o -> !o.equals(name))
                        .ifPresent(o -> changes.add(new Change(o, name, path, commit, record(o, name, path, commit))));
            });
            return changes;
        }

        private EvidenceId record(String before, String after, String path, CommitRef commit) {
            return examination.record(
                    new Observation.CommitFound(
                            path,
                            commit.id(),
                            commit.shortId() + " by " + commit.author() + " makes the volume of the server " + after
                                    + ", which was " + before),
                    Moment.at(commit.committed()),
                    repository.snapshot().provenance(path, commit));
        }
    }

    private static String beside(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1) + ".env";
    }

    /** That of the repository for a file at its root: nothing in it tells what the folder was called before. */
    private String folder(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            return path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
        }
        Path root = index.source().path().toAbsolutePath().normalize();
        Path folder =
                root.endsWith(".git") ? Optional.ofNullable(root.getParent()).orElse(root) : root;
        return Optional.ofNullable(folder.getFileName()).map(Path::toString).orElse("");
    }

    @Override
    public String toString() {
        return ID + " of " + index;
    }
}
