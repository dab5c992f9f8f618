package io.github.rowsleuth.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which prefix a log has: the one that was given, or the default that reads more of its first lines.
 *
 * @param given the prefix that a person named
 */
record Prefixes(Optional<LinePrefix> given) {

    private static final int SAMPLE = 64 * 1024;

    /**
     * The first lines of a log.
     *
     * @param lines the lines
     * @param failure why there are no more, if the log broke off
     */
    record Sample(List<Line> lines, Optional<IOException> failure) {}

    /** {@return the lines of the first 64 KiB} */
    static Sample sample(LineReader reader) {
        List<Line> lines = new ArrayList<>();
        try {
            int size = 0;
            for (Line line = reader.next(); line != null; line = size < SAMPLE ? reader.next() : null) {
                lines.add(line);
                size += line.text().length() + 1;
            }
            return new Sample(lines, Optional.empty());
        } catch (IOException e) {
            return new Sample(lines, Optional.of(e));
        }
    }

    LinePrefix of(List<Line> lines) {
        return given.orElseGet(() -> matches(LinePrefix.UPSTREAM, lines) > matches(LinePrefix.DEBIAN, lines)
                ? LinePrefix.UPSTREAM
                : LinePrefix.DEBIAN);
    }

    private static long matches(LinePrefix prefix, List<Line> lines) {
        return lines.stream().filter(line -> prefix.match(line.text()) != null).count();
    }

    /** {@return the first line that begins a record} */
    Optional<Head> firstHead(List<Line> lines) {
        LinePrefix prefix = of(lines);
        return lines.stream()
                .map(line -> Optional.ofNullable(prefix.match(line.text())))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
