package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.time.Stamp;
import java.util.ArrayList;
import java.util.List;

/** When the first record of a log was written. */
public final class FirstStamp {

    private FirstStamp() {}

    /**
     * {@return the time of the first record; unknown if there is none}
     *
     * @param lines the first lines
     * @param known the prefixes that lines have for sure, empty if none is known
     * @param latest when the log was written last, in milliseconds since 1970
     */
    public static Stamp in(List<byte[]> lines, List<String> known, long latest) {
        List<Stamp> stamps = new ArrayList<>();
        Prefixes inferred = PrefixInference.infer(lines);
        Prefixes prefixes = known.isEmpty() ? inferred : Prefixes.of(known).and(inferred);
        RecordAssembler records = new RecordAssembler(prefixes, latest);
        records.bind(new Origin(), new Counts(), stamps::add, record -> {});
        for (byte[] line : lines) {
            records.line(line, 0, line.length, 0);
            if (!stamps.isEmpty()) {
                return stamps.get(0);
            }
        }
        return Stamp.UNKNOWN;
    }
}
