package io.github.rowsleuth.logs.record;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The prefixes that the lines of a log can have, the most likely first; those without a time come last, for they would
 * take the time of a line for a name. A setting can change while a log is written, so each line may have another one.
 *
 * @param all the prefixes, compiled
 */
public record Prefixes(List<LinePrefix> all) {

    /** The default of PostgreSQL and of its Docker image. */
    public static final String UPSTREAM = "%m [%p] ";

    /** Common ones, those that say more before those that say less. */
    private static final List<String> COMMON = List.of(
            "%m [%p] %q%u@%d ", // Debian and Ubuntu
            UPSTREAM,
            "%t:%r:%u@%d:[%p]:", // Amazon RDS and Aurora
            "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ", // pgBadger
            "%t [%p]: user=%u,db=%d,app=%a,client=%h ",
            "%t [%p-%l] %q%u@%d ", // older Debian
            "%m [%p] %q[user=%u,db=%d,app=%a] ", // Crunchy Data
            "%t [%p]: [%l-1] db=%d,user=%u,app=%a,client=%h ",
            "%m [%p]: [%l-1] db=%d,user=%u ", // Google Cloud SQL
            "%t-%c-", // Azure
            "%m %d %u [%p]", // SUSE
            "%t %p %c ",
            "< %m > ", // the older packages for Red Hat
            "%t ",
            "%m ");

    /** Copies the list, those with a time first. */
    public Prefixes {
        all = Stream.concat(
                        all.stream().filter(LinePrefix::hasTime), all.stream().filter(prefix -> !prefix.hasTime()))
                .toList();
    }

    /** {@return these prefixes and no other} */
    public static Prefixes of(List<String> prefixes) {
        return new Prefixes(prefixes.stream().map(LinePrefix::compile).toList());
    }

    /** {@return the prefixes that are tried when nothing is known} */
    static List<LinePrefix> common() {
        return COMMON.stream().map(LinePrefix::compile).toList();
    }

    /** {@return these and others after them} */
    public Prefixes and(List<String> others) {
        List<LinePrefix> both = new ArrayList<>(all);
        for (String other : others) {
            LinePrefix prefix = LinePrefix.compile(other);
            if (!both.contains(prefix)) {
                both.add(prefix);
            }
        }
        return new Prefixes(both);
    }

    /** {@return these and others after them} */
    public Prefixes and(Prefixes others) {
        return and(others.all().stream().map(LinePrefix::toString).toList());
    }

    /** Writes them. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(all.size());
        for (LinePrefix prefix : all) {
            Text.write(out, prefix.toString());
        }
    }

    /** {@return what was written} */
    public static Prefixes read(DataInput in) throws IOException {
        List<String> prefixes = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            prefixes.add(Text.read(in));
        }
        return of(prefixes);
    }

    @Override
    public String toString() {
        return String.join(
                " or ", all.stream().map(prefix -> "'" + prefix + "'").toList());
    }
}
