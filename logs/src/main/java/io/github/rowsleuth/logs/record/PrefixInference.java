package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.language.Severities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the lines of a log begin: common prefixes are tried, and others are put together from what the lines
 * look like. What says most wins among those that read most lines.
 */
public final class PrefixInference {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_SHAPES = 12;
    private static final int LONGEST = 600;

    /** Lines that other prefixes read as well must be nearly all. */
    private static final double AS_GOOD = 0.97;

    private PrefixInference() {}

    /**
     * {@return the prefixes that the lines have, the most frequent first; the default of PostgreSQL if none fits}
     *
     * @param lines the first lines of a log
     */
    public static Prefixes infer(List<byte[]> lines) {
        List<byte[]> heads = lines.stream()
                .limit(MOST_LINES)
                .map(Unwrapped::of)
                .filter(PrefixInference::looksLikeHead)
                .toList();
        List<LinePrefix> candidates = new ArrayList<>(Prefixes.common());
        for (String shape : shapes(heads)) {
            LinePrefix prefix = LinePrefix.compile(shape);
            if (!candidates.contains(prefix)) {
                candidates.add(prefix);
            }
        }
        List<LinePrefix> chosen = new ArrayList<>();
        List<byte[]> left = new ArrayList<>(heads);
        while (chosen.size() < 4 && !left.isEmpty()) {
            LinePrefix best = best(candidates, left);
            if (best == null) {
                break;
            }
            chosen.add(best);
            left.removeIf(line -> matches(best, line));
        }
        LinePrefix upstream = LinePrefix.compile(Prefixes.UPSTREAM);
        if (chosen.isEmpty()) {
            chosen.add(upstream);
        }
        return new Prefixes(chosen);
    }

    private static @Nullable LinePrefix best(List<LinePrefix> candidates, List<byte[]> lines) {
        List<Fit> fits = candidates.stream().map(c -> Fit.of(c, lines)).toList();
        int most = fits.stream().mapToInt(Fit::lines).max().orElse(0);
        Fit best = null;
        for (Fit fit : fits) {
            boolean good = fit.lines > 0 && fit.lines >= most * AS_GOOD;
            if (good && (best == null || fit.fields > best.fields)) {
                best = fit;
            }
        }
        return best == null ? null : best.prefix;
    }

    /**
     * How well a prefix fits lines.
     *
     * @param prefix the prefix
     * @param lines how many lines it reads
     * @param fields how many fields it finds in them
     */
    private record Fit(LinePrefix prefix, int lines, int fields) {

        static Fit of(LinePrefix prefix, List<byte[]> lines) {
            PrefixMatch match = new PrefixMatch();
            int read = 0;
            int fields = 0;
            for (byte[] line : lines) {
                if (prefix.match(line, 0, line.length, match)) {
                    read++;
                    fields += match.says();
                }
            }
            return new Fit(prefix, read, fields);
        }
    }

    private static boolean matches(LinePrefix prefix, byte[] line) {
        return prefix.match(line, 0, line.length, new PrefixMatch());
    }

    private static boolean looksLikeHead(byte[] line) {
        return line.length > 0 && line[0] != '\t' && line[0] != '{' && severity(line) >= 0;
    }

    /** {@return where the severity begins, -1 if the line has none} */
    private static int severity(byte[] line) {
        for (int i = 2; i < Math.min(line.length - 2, LONGEST); i++) {
            if (line[i] == ':' && line[i + 1] == ' ' && line[i + 2] == ' ') {
                int end = line[i - 1] == ' ' ? i - 1 : i;
                int length = Severities.length(line, 0, end);
                String word = new String(line, end - length, length, StandardCharsets.UTF_8);
                if (length > 0 && Severities.of(word) != Part.FOREIGN) {
                    return end - length;
                }
            }
        }
        return -1;
    }

    private static Set<String> shapes(List<byte[]> heads) {
        Set<String> shapes = new LinkedHashSet<>();
        for (byte[] head : heads) {
            if (shapes.size() >= MOST_SHAPES) {
                break;
            }
            shapes.add(PrefixShape.of(head, severity(head)));
        }
        Set<String> all = new LinkedHashSet<>(shapes);
        for (String longer : shapes) {
            for (String shorter : shapes) {
                withOptionalEnd(longer, shorter, all);
            }
        }
        return all;
    }

    /** Background processes leave out what follows {@code %q}. */
    private static void withOptionalEnd(String longer, String shorter, Set<String> all) {
        if (longer.length() > shorter.length() && longer.startsWith(shorter)) {
            all.add(shorter + "%q" + longer.substring(shorter.length()));
        }
    }
}
