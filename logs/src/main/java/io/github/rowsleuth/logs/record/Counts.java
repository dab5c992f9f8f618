package io.github.rowsleuth.logs.record;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Counts what was read, and what of it could not be understood. Parts of a log add up. */
public final class Counts {

    private static final int MAX_NAMES = 8;

    long lines;
    long heads;
    long csv;
    long json;
    long wrapped;
    long strangers;
    long otherPrefixes;
    long notOurs;
    long cutBytes;
    long cutLines;
    long cutRecords;
    long torn;
    long forged;
    long undecodable;
    long damagedRecords;
    private String lastStranger = "";
    private final TreeSet<String> foreignWords = new TreeSet<>();
    private final TreeSet<String> announced = new TreeSet<>();
    private final TreeSet<String> zones = new TreeSet<>();

    /** Adds what was counted in another part. */
    public void add(Counts other) {
        lines += other.lines;
        heads += other.heads;
        csv += other.csv;
        json += other.json;
        wrapped += other.wrapped;
        strangers += other.strangers;
        otherPrefixes += other.otherPrefixes;
        notOurs += other.notOurs;
        cutBytes += other.cutBytes;
        cutLines += other.cutLines;
        cutRecords += other.cutRecords;
        torn += other.torn;
        forged += other.forged;
        undecodable += other.undecodable;
        damagedRecords += other.damagedRecords;
        lastStranger = other.lastStranger.isEmpty() ? lastStranger : other.lastStranger;
        other.foreignWords.forEach(word -> name(foreignWords, word));
        other.announced.forEach(prefix -> name(announced, prefix));
        other.zones.forEach(zone -> name(zones, zone));
    }

    /** Forgets everything. */
    public void clear() {
        lines = heads = csv = json = wrapped = strangers = otherPrefixes = notOurs = 0;
        cutBytes = cutLines = cutRecords = torn = forged = undecodable = damagedRecords = 0;
        lastStranger = "";
        foreignWords.clear();
        announced.clear();
        zones.clear();
    }

    /** Counts a record that is complete. */
    public void complete(LogRecord record) {
        cutRecords += record.cut() ? 1 : 0;
    }

    /** Keeps the least of them, so that the order of adding does not matter. */
    private static void name(NavigableSet<String> names, String name) {
        names.add(name);
        if (names.size() > MAX_NAMES) {
            names.pollLast();
        }
    }

    void stranger(String text) {
        strangers++;
        lastStranger = text;
    }

    /** {@return the beginning of the last line that is none of a server, empty if there is none} */
    public String lastStranger() {
        return lastStranger;
    }

    void foreignWord(String word) {
        name(foreignWords, word);
    }

    /** Remembers a prefix that the log says its next lines have. */
    public void announce(String prefix) {
        name(announced, prefix);
    }

    /** Remembers a time zone that the log says its stamps are in. */
    public void zone(String zone) {
        name(zones, zone);
    }

    /** Counts lines that the fast pass understood by itself. */
    public void passed(long passedLines, long passedHeads) {
        lines += passedLines;
        heads += passedHeads;
    }

    /** Counts lines that are not UTF-8. */
    public void undecodable(long passedLines) {
        undecodable += passedLines;
    }

    /** {@return the lines} */
    public long lines() {
        return lines;
    }

    /** {@return the lines that begin a record or a part of one, in any format} */
    public long heads() {
        return heads + csv + json;
    }

    /** {@return the records in csvlog} */
    public long csv() {
        return csv;
    }

    /** {@return the records in jsonlog or JSON like it} */
    public long json() {
        return json;
    }

    /** {@return the lines that a container, syslog or a cloud wrapped} */
    public long wrapped() {
        return wrapped;
    }

    /** {@return the lines that neither begin a record nor go on with one as PostgreSQL writes it} */
    public long strangers() {
        return strangers;
    }

    /** {@return those of them that look like a record under another prefix} */
    public long otherPrefixes() {
        return otherPrefixes;
    }

    /** {@return the lines of syslog that other programs wrote} */
    public long notOurs() {
        return notOurs;
    }

    /** {@return the bytes that were left out of lines that are too long} */
    public long cutBytes() {
        return cutBytes;
    }

    /** {@return the lines that were too long} */
    public long cutLines() {
        return cutLines;
    }

    /** {@return the records of which only a part was kept} */
    public long cutRecords() {
        return cutRecords;
    }

    /** {@return the records that began in the middle of another line} */
    public long torn() {
        return torn;
    }

    /** {@return the records whose beginning somebody can have forged} */
    public long forged() {
        return forged;
    }

    /** {@return how many lines are not UTF-8} */
    public long undecodableLines() {
        return undecodable;
    }

    /** {@return the records of csvlog or jsonlog that are damaged} */
    public long damagedRecords() {
        return damagedRecords;
    }

    /** {@return severities in a language that is not known, a few of them} */
    public Set<String> foreignWords() {
        return Set.copyOf(foreignWords);
    }

    /** {@return the prefixes that the log announces} */
    public Set<String> announced() {
        return Set.copyOf(announced);
    }

    /** Takes over what the log says of its own settings. */
    public void learn(Counts other) {
        other.announced.forEach(this::announce);
        other.zones.forEach(this::zone);
    }

    /** {@return the time zones that the log names as those of its stamps} */
    public Set<String> zones() {
        return new TreeSet<>(zones);
    }

    /** Writes them. */
    public void write(DataOutput out) throws IOException {
        for (long count : all()) {
            out.writeLong(count);
        }
        Text.write(out, lastStranger);
        for (Set<String> names : List.of(foreignWords, announced, zones)) {
            out.writeInt(names.size());
            for (String name : names) {
                Text.write(out, name);
            }
        }
    }

    private long[] all() {
        return new long[] {
            lines,
            heads,
            csv,
            json,
            wrapped,
            strangers,
            otherPrefixes,
            notOurs,
            cutBytes,
            cutLines,
            cutRecords,
            torn,
            forged,
            undecodable,
            damagedRecords
        };
    }

    /** {@return what was written} */
    public static Counts read(DataInput in) throws IOException {
        Counts c = new Counts();
        c.lines = in.readLong();
        c.heads = in.readLong();
        c.csv = in.readLong();
        c.json = in.readLong();
        c.wrapped = in.readLong();
        c.strangers = in.readLong();
        c.otherPrefixes = in.readLong();
        c.notOurs = in.readLong();
        c.cutBytes = in.readLong();
        c.cutLines = in.readLong();
        c.cutRecords = in.readLong();
        c.torn = in.readLong();
        c.forged = in.readLong();
        c.undecodable = in.readLong();
        c.damagedRecords = in.readLong();
        c.lastStranger = Text.read(in);
        for (Set<String> names : List.of(c.foreignWords, c.announced, c.zones)) {
            for (int i = in.readInt(); i > 0; i--) {
                names.add(Text.read(in));
            }
        }
        return c;
    }
}
