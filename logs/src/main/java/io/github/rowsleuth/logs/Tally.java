package io.github.rowsleuth.logs;

import io.github.rowsleuth.logs.horizon.LogSpan;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.record.Counts;
import io.github.rowsleuth.logs.source.IncompleteLogException;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Says how much was read, and what could not be understood. */
final class Tally {

    private final List<Slice> slices;
    private final Counts counts = new Counts();
    private final String prefixes;

    Tally(List<Slice> slices) {
        this.slices = slices;
        TreeSet<String> all = new TreeSet<>();
        for (Slice slice : slices) {
            counts.add(slice.counts());
            slice.prefixes().all().forEach(prefix -> all.add("'" + prefix + "'"));
        }
        this.prefixes = String.join(" or ", all);
    }

    /** Throws if there was nothing to read, unless an earlier reading may have read it all. */
    void requireRecords(boolean resumed, String source, Optional<IncompleteLogException> failure)
            throws ProbeUnavailableException {
        if (counts.heads() > 0 || resumed) {
            return;
        }
        if (failure.isPresent()) {
            String last = counts.lastStranger().strip();
            String said = last.isEmpty() ? "" : "; it said: " + limited(last);
            throw new ProbeUnavailableException(
                    "expected the log of a PostgreSQL server in " + source + "; missing is "
                            + failure.get().missing() + said,
                    failure.get().remedy());
        }
        if (counts.lines() == 0) {
            throw new ProbeUnavailableException(
                    "expected the log of a PostgreSQL server; " + source + " is empty",
                    "SELECT pg_current_logfile(); on the server tells which file it writes");
        }
        throw new ProbeUnavailableException(
                "0 of " + counts.lines() + " lines of " + source + " begin with log_line_prefix " + prefixes
                        + ", and none is csvlog or jsonlog",
                "SHOW log_line_prefix; on the server tells the prefix: give it as withPrefix(\"…\")");
    }

    private static String limited(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    void report(boolean incomplete, Examination examination) {
        if (counts.otherPrefixes() > 0 || counts.strangers() > counts.heads()) {
            examination.gap(
                    counts.strangers() + " of " + (counts.heads() + counts.strangers())
                            + " lines do not begin with log_line_prefix " + prefixes,
                    "what they say is not known",
                    "SHOW log_line_prefix; on the server tells the prefix: give it as withPrefix(\"…\")");
        }
        if (!counts.foreignWords().isEmpty()) {
            examination.gap(
                    "records in a language that is not known: "
                            + String.join(", ", new TreeSet<>(counts.foreignWords())),
                    "statements and errors in them are not recognised",
                    "read them by hand; ALTER SYSTEM SET lc_messages = 'C' makes the next ones readable");
        }
        if (counts.cutBytes() > 0 || counts.cutRecords() > 0) {
            examination.gap(
                    "parts of long records: " + counts.cutRecords() + " records were cut, " + counts.cutBytes()
                            + " bytes of long lines left out",
                    "a statement that stands in those parts is not known",
                    "search those parts by hand: lines and records over 256 KiB");
        }
        reportDamage(examination);
        examination.coverage(coverage(incomplete));
    }

    private void reportDamage(Examination examination) {
        if (counts.torn() > 0) {
            examination.gap(
                    "whole lines: " + counts.torn() + " records begin in the middle of a line that was torn",
                    "processes wrote into each other: parts of long statements are missing or in the wrong place",
                    "ALTER SYSTEM SET logging_collector = on; and a restart keep lines whole from then on");
        }
        if (counts.forged() > 0) {
            examination.gap(
                    "sure beginnings: " + counts.forged() + " records have a line break in a name of their prefix",
                    "whoever chose the name may have written a record of their own making into it",
                    "compare with csvlog or jsonlog, in which names can not break a line");
        }
        if (counts.damagedRecords() > 0 || unjoined() > 0) {
            examination.gap(
                    "parts of csvlog or jsonlog: " + (counts.damagedRecords() + unjoined()) + " records are damaged",
                    "what they say is not known",
                    "compare with the log in another format, if the server wrote one");
        }
        long jumps = slices.stream()
                .flatMap(slice -> slice.horizon().logs().stream())
                .mapToLong(LogSpan::jumps)
                .sum();
        if (jumps > 0) {
            long farthest = slices.stream()
                    .flatMap(slice -> slice.horizon().logs().stream())
                    .mapToLong(LogSpan::farthest)
                    .max()
                    .orElse(0);
            examination.gap(
                    "a steady clock: it went back " + jumps + " times, by " + farthest / 1000 + " seconds at most",
                    "times around those places, and their order, are not certain",
                    "compare with the system log of that time; logs that were put together by hand have this as well");
        }
    }

    private long unjoined() {
        return slices.stream().mapToLong(Slice::unjoined).sum();
    }

    private Coverage coverage(boolean incomplete) {
        int logs = slices.stream().mapToInt(slice -> slice.names().size()).sum();
        long known = counts.heads() + counts.strangers();
        double ratio = known == 0 ? 0 : 100.0 * counts.heads() / known;
        String detail = String.format(
                Locale.ROOT,
                "%d %s, %d lines, %d begin a record with log_line_prefix %s%s, %d do not and should (%.1f %% match)%s",
                logs,
                logs == 1 ? "log" : "logs",
                counts.lines(),
                counts.heads(),
                prefixes,
                formats(),
                counts.strangers(),
                ratio,
                counts.undecodableLines() == 0 ? "" : ", " + counts.undecodableLines() + " are not UTF-8");
        boolean part = incomplete
                || counts.strangers() > 0
                || counts.cutBytes() > 0
                || counts.cutRecords() > 0
                || counts.damagedRecords() > 0
                || counts.torn() > 0
                || !counts.foreignWords().isEmpty();
        return part ? Coverage.partial(detail) : Coverage.complete(detail);
    }

    private String formats() {
        List<String> formats = new ArrayList<>();
        if (counts.csv() > 0) {
            formats.add(counts.csv() + " as csvlog");
        }
        if (counts.json() > 0) {
            formats.add(counts.json() + " as JSON");
        }
        if (counts.wrapped() > 0) {
            formats.add(counts.wrapped() + " lines wrapped");
        }
        return formats.isEmpty() ? "" : " (" + String.join(", ", formats) + ")";
    }
}
