package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.recovery.LogArchive;
import io.github.rowsleuth.recovery.LogArchive.Run;
import io.github.rowsleuth.server.WriteAheadLog;
import io.github.rowsleuth.transaction.Lsn;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the write-ahead log in an archive, by their names: timeline, and the number of the file in two parts
 * (src/include/access/xlog_internal.h, XLogFileName). Packed ones, and those that pgBackRest stores with a checksum in the
 * name, count; {@code .partial} ones do not, and what is not as long as such a file must be does not.
 */
final class ArchivedFiles {

    private static final Pattern NAME = Pattern.compile(
            "([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(?:-[0-9a-f]{40})?(\\.(?:gz|lz4|zst|xz|bz2|lzo|br))?");
    private static final int MOST = 1_000_000;
    private static final long USUAL_SIZE = 16L << 20;
    private static final long PER_HIGH_PART = 1L << 32;
    private static final int HEX = 16;
    private static final int SHOWN = 5;

    private final long size;
    private final Map<Integer, TreeSet<Long>> numbers = new TreeMap<>();
    private long files;
    private long incomplete;
    private boolean cut;

    ArchivedFiles(List<WriteAheadLog> logs) {
        this.size =
                logs.stream().mapToLong(WriteAheadLog::segmentSize).findFirst().orElse(USUAL_SIZE);
    }

    /** Takes a file that is one of the log; others it leaves. */
    boolean add(Path file, BasicFileAttributes attributes) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!attributes.isRegularFile() || !name.matches()) {
            return false;
        }
        boolean packed = Optional.ofNullable(name.group(4)).isPresent();
        long low = Long.parseLong(name.group(3), HEX);
        if (files >= MOST) {
            cut = true;
        } else if (attributes.size() == 0 || (!packed && attributes.size() != size) || low >= PER_HIGH_PART / size) {
            incomplete++;
        } else {
            files++;
            numbers.computeIfAbsent(Integer.parseUnsignedInt(name.group(1), HEX), t -> new TreeSet<>())
                    .add(Long.parseLong(name.group(2), HEX) * (PER_HIGH_PART / size) + low);
        }
        return true;
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        numbers.forEach((timeline, all) -> {
            long first = all.first();
            long next = first;
            for (long number : all) {
                if (number != next) {
                    runs.add(new Run(timeline, new Lsn(first * size), new Lsn(next * size)));
                    first = number;
                }
                next = number + 1;
            }
            runs.add(new Run(timeline, new Lsn(first * size), new Lsn(next * size)));
        });
        return runs;
    }

    /** The archive as evidence; none where there is no file of the log. */
    Optional<LogArchive> recorded(Path root, Examination examination) {
        if (cut) {
            examination.gap(
                    "there are more than " + MOST + " files of the write-ahead log below " + root,
                    "whether the archive has gaps is not known for all of them",
                    "name the folder of the timeline and the time in question");
        }
        if (incomplete > 0) {
            examination.gap(
                    incomplete + " files of the write-ahead log below " + root + " are empty or of another size than "
                            + size,
                    "recovery would end at the first of them",
                    "look for whole copies of them");
        }
        if (files == 0) {
            return Optional.empty();
        }
        List<Run> runs = runs();
        String stretches = String.join(
                ", ",
                runs.stream()
                        .limit(SHOWN)
                        .map(r -> r.from() + " to " + r.to() + " on timeline " + r.timeline())
                        .toList());
        return Optional.of(new LogArchive(
                root.toString(),
                files,
                runs,
                List.of(examination.record(
                        new Observation.ServerFact(files + " files of the write-ahead log are archived below " + root
                                + ", without a gap from " + stretches
                                + (runs.size() > SHOWN ? " and " + (runs.size() - SHOWN) + " more stretches" : "")),
                        Moment.unknown(),
                        new Provenance(root.toString(), "names of files")))));
    }
}
