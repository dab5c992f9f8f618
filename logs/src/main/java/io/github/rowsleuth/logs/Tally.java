package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Counts what was read and what could not be read, over all logs of a source. */
final class Tally {

    private int logs;
    private long lines;
    private long heads;
    private long strangers;
    private long otherPrefixes;
    private long cutBytes;
    private long cutRecords;
    private long undecodable;
    private boolean incomplete;
    private final TreeSet<String> prefixes = new TreeSet<>();
    private final TreeSet<String> foreignWords = new TreeSet<>();
    private final TreeSet<String> withoutRecords = new TreeSet<>();
    private String lastStranger = "";
    private Optional<IncompleteLogException> firstFailure = Optional.empty();

    void add(String log, LineReader reader, RecordAssembler records, LinePrefix prefix) {
        logs++;
        lines += reader.lines();
        cutBytes += reader.cutBytes();
        undecodable += reader.undecodable();
        heads += records.heads();
        strangers += records.strangers();
        otherPrefixes += records.otherPrefixes();
        cutRecords += records.cutRecords();
        foreignWords.addAll(records.foreignWords());
        lastStranger = records.lastStranger();
        if (records.heads() == 0 && reader.lines() > 0) {
            withoutRecords.add(log);
        }
        prefixes.add("'" + prefix + "'");
    }

    /** A log that broke off. */
    void incomplete(String log, IncompleteLogException why, Examination examination) {
        incomplete = true;
        firstFailure = firstFailure.or(() -> Optional.of(why));
        examination.gap(log + ": " + why.missing(), why.consequence(), why.remedy());
    }

    /** Throws if there was nothing to read. */
    void requireRecords(String source) throws ProbeUnavailableException {
        if (heads > 0) {
            return;
        }
        if (firstFailure.isPresent()) {
            IncompleteLogException failure = firstFailure.get();
            String said = lastStranger.isBlank() ? "" : "; it said: " + limited(lastStranger.strip());
            throw new ProbeUnavailableException(
                    "expected the log of a PostgreSQL server in " + source + "; missing is " + failure.missing() + said,
                    failure.remedy());
        }
        if (lines == 0) {
            throw new ProbeUnavailableException(
                    "expected the log of a PostgreSQL server; " + source + " is empty",
                    "SELECT pg_current_logfile(); on the server tells which file it writes");
        }
        throw new ProbeUnavailableException(
                "0 of " + lines + " lines of " + source + " begin with log_line_prefix "
                        + String.join(" or ", prefixes),
                "SHOW log_line_prefix; on the server tells the prefix: give it as withPrefix(\"…\")");
    }

    private static String limited(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    void report(Examination examination) {
        if (otherPrefixes > 0 || strangers > heads) {
            examination.gap(
                    strangers + " of " + (heads + strangers) + " lines do not begin with log_line_prefix "
                            + String.join(" or ", prefixes),
                    "what they say is not known",
                    "SHOW log_line_prefix; on the server tells the prefix: give it as withPrefix(\"…\")");
        }
        if (!withoutRecords.isEmpty()) {
            examination.gap(
                    "logs of which no line begins with log_line_prefix " + String.join(" or ", prefixes) + ": "
                            + limited(String.join(", ", withoutRecords)),
                    "what they say is not known",
                    "give them on their own, with the prefix they have as withPrefix(\"…\")");
        }
        if (!foreignWords.isEmpty()) {
            examination.gap(
                    "records in another language: " + String.join(", ", foreignWords),
                    "statements and errors in them are not recognised: only English is read",
                    "read them by hand; ALTER SYSTEM SET lc_messages = 'C' makes the next ones readable");
        }
        if (cutBytes > 0 || cutRecords > 0) {
            examination.gap(
                    "parts of long records: " + cutRecords + " records were cut, " + cutBytes
                            + " bytes of long lines left out",
                    "a statement that stands in those parts is not known",
                    "search those parts by hand: lines over 64 KiB, records over 256 KiB");
        }
        examination.coverage(coverage());
    }

    private Coverage coverage() {
        String detail = String.format(
                Locale.ROOT,
                "%d %s, %d lines, %d begin a record with log_line_prefix %s, %d do not and should%s",
                logs,
                logs == 1 ? "log" : "logs",
                lines,
                heads,
                String.join(" or ", prefixes),
                strangers,
                undecodable == 0 ? "" : ", " + undecodable + " are not UTF-8");
        boolean part = incomplete || strangers > 0 || cutBytes > 0 || cutRecords > 0 || !foreignWords.isEmpty();
        return part ? Coverage.partial(detail) : Coverage.complete(detail);
    }
}
