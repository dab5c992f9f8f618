package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.postgres.wal.Relation;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.server.Tombstone;
import io.github.rowsleuth.server.Tombstones;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Marks that files leave behind: empty files until the next checkpoint, summaries of the log for days. */
final class RemovedFiles implements Probe<Tombstones> {

    /** How many marks are kept; of summaries the newest. */
    static final int MOST = 10_000;

    /** How many file numbers a sentence lists. */
    private static final int LISTED = 12;

    /** From this version on the log can be summarized. */
    private static final int SUMMARIES = 17;

    private final Sessions sessions;

    RemovedFiles(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<Tombstones> answerType() {
        return Tombstones.class;
    }

    @Override
    public String id() {
        return "postgres.tombstones";
    }

    @Override
    public Volatility volatility() {
        return Volatility.COUNTERS;
    }

    @Override
    public Tombstones examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, RemovedFiles::read);
    }

    private static Tombstones read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        boolean summaries = session.major() >= SUMMARIES;
        Optional<EmptyFiles> empty = EmptyFiles.read(session, summaries);
        Optional<LogSummaries> summarized = summaries ? LogSummaries.read(session) : Optional.empty();
        List<Mark> marks = new ArrayList<>(empty.map(EmptyFiles::marks).orElse(List.of()));
        marks.addAll(summarized.map(LogSummaries::marks).orElse(List.of()));
        List<Tombstone> all = tombstones(session, marks);
        cover(session.examination(), summaries, empty, summarized);
        return new Tombstones(all);
    }

    /**
     * A mark before it is known whose file it was.
     *
     * @param kind what marks it
     * @param file the number of the file
     * @param moment when it was removed
     * @param range what the summary that names it covers
     * @param location where it was read
     */
    record Mark(Tombstone.Kind kind, long file, Moment moment, Optional<LogSummaries.Range> range, String location) {}

    private record Owned(Mark mark, Optional<Relation> owner) {

        /** A relation that still has the file it was created with was merely created. */
        boolean telling() {
            return owner.map(o -> o.isTable() && o.oid() != o.file().number()).orElse(true);
        }

        boolean present() {
            return owner.filter(o -> o.file().number() == mark.file()).isPresent();
        }
    }

    /** Marks of nobody that came about together: mostly the files of one table and its indexes. */
    private record Group(Tombstone.Kind kind, Moment moment, Optional<LogSummaries.Range> range) {

        static Group of(Mark mark) {
            return new Group(mark.kind(), mark.moment(), mark.range());
        }
    }

    private static List<Tombstone> tombstones(Session session, List<Mark> marks)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Owned> telling = owned(session, marks).stream()
                .filter(Owned::telling)
                .limit(MOST)
                .toList();
        Map<Group, List<Mark>> nobodys = telling.stream()
                .filter(o -> o.owner().isEmpty())
                .map(Owned::mark)
                .collect(Collectors.groupingBy(Group::of));
        Map<Group, EvidenceId> recorded = new HashMap<>();
        List<Tombstone> all = new ArrayList<>();
        for (Owned owned : telling) {
            Mark mark = owned.mark();
            EvidenceId evidence = owned.owner().isPresent()
                    ? record(session, mark, sentence(owned, owned.owner().get()))
                    : recorded.computeIfAbsent(
                            Group.of(mark),
                            group -> record(session, mark, sentence(nobodys.getOrDefault(group, List.of(mark)))));
            all.add(new Tombstone(
                    mark.kind(),
                    mark.file(),
                    owned.owner().map(Relation::name),
                    mark.moment(),
                    mark.range().map(LogSummaries.Range::from),
                    mark.range().map(LogSummaries.Range::to),
                    evidence));
        }
        return all;
    }

    private static List<Owned> owned(Session session, List<Mark> marks)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<Long> files = marks.stream().map(Mark::file).distinct().toList();
        Map<Long, Relation> owners = new HashMap<>();
        // The first file of a relation has the number of its oid; its present one may have another.
        for (Relation relation : CatalogRelations.of(session, files, files)) {
            owners.put(relation.oid(), relation);
            owners.put(relation.file().number(), relation);
        }
        return marks.stream()
                .map(mark -> new Owned(mark, Optional.ofNullable(owners.get(mark.file()))))
                .toList();
    }

    private static EvidenceId record(Session session, Mark mark, String sentence) {
        return LogState.fact(session, sentence, mark.moment(), mark.location());
    }

    private static String sentence(Owned owned, Relation owner) {
        String file = "the file " + owned.mark().file() + ", " + (owned.present() ? "now that of " : "once that of ")
                + owner.name() + ", was ";
        return owned.mark()
                .range()
                .map(range -> file + (owned.present() ? "created" : "created or removed") + range)
                .orElse(file + "emptied, by TRUNCATE or a rewrite of the table");
    }

    private static String sentence(List<Mark> nobodys) {
        Mark first = nobodys.get(0);
        String numbers = nobodys.stream()
                .limit(LISTED)
                .map(mark -> Long.toString(mark.file()))
                .collect(Collectors.joining(", "));
        String files = nobodys.size() + (nobodys.size() == 1 ? " file" : " files")
                + " of no relation that is there now (" + numbers + (nobodys.size() > LISTED ? ", …" : "") + ")";
        return first.range()
                .map(range -> files + ", created or removed" + range)
                .orElse(files
                        + ", emptied by DROP, TRUNCATE, a rewrite or REINDEX, or by the end of a transaction that had"
                        + " made them");
    }

    private static void cover(
            Examination examination, boolean summaries, Optional<EmptyFiles> empty, Optional<LogSummaries> summarized) {
        String files = empty.map(EmptyFiles::coverage).orElse("no files");
        String read = files
                + (summaries
                        ? ", " + summarized.map(LogSummaries::coverage).orElse("no summaries of the write-ahead log")
                        : "; this version can not summarize its write-ahead log");
        boolean complete = empty.isPresent()
                && (!summaries || summarized.filter(LogSummaries::complete).isPresent());
        examination.coverage(complete ? Coverage.complete(read) : Coverage.partial(read + "; see the gaps"));
    }
}
