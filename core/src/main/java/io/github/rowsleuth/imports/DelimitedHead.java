package io.github.rowsleuth.imports;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the beginning of a text file tells of the way its records are written.
 *
 * @param delimiter what separates fields
 * @param quote what encloses them
 * @param encoding how bytes stand for letters, as PostgreSQL names it
 * @param first the fields of the first record
 */
record DelimitedHead(char delimiter, char quote, String encoding, List<String> first) {

    /** How much of a file is looked at. */
    static final int LENGTH = 64 << 10;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int RECORDS = 50;
    private static final double SINGLE = 0.5;
    private static final int MOST_FIELDS = 2_000;
    private static final char MARK = '\uFEFF';

    /** Empty where it is no text, or there is nothing in it. */
    static Optional<DelimitedHead> of(byte[] head) {
        Optional<String> utf16 = utf16(head);
        Optional<String> utf8 = utf16.isPresent() ? Optional.empty() : utf8(head);
        String text = utf16.or(() -> utf8).orElseGet(() -> new String(head, Charset.forName("windows-1252")));
        String bare = !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        if (bare.isBlank() || bare.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String encoding = utf16.isPresent() ? CsvLayout.UTF_16 : utf8.isPresent() ? "UTF8" : "WIN1252";
        boolean cut = head.length >= LENGTH;
        Sample best = new Sample(',', '"', List.of(), false);
        for (char quote : new char[] {'"', '\''}) {
            for (char delimiter : DELIMITERS) {
                Sample sample = Sample.of(bare, delimiter, quote, cut);
                best = sample.betterThan(best) ? sample : best;
            }
        }
        return best.records.isEmpty()
                ? Optional.empty()
                : Optional.of(new DelimitedHead(best.delimiter, best.quote, encoding, best.records.get(0)));
    }

    private static Optional<String> utf16(byte[] head) {
        boolean big = head.length > 1 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF;
        boolean little = head.length > 1 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE;
        return big || little ? Optional.of(new String(head, StandardCharsets.UTF_16)) : Optional.empty();
    }

    /** The last letter of a beginning may be cut. */
    private static Optional<String> utf8(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length);
        if (decoder.decode(ByteBuffer.wrap(head), text, head.length < LENGTH).isError()) {
            return Optional.empty();
        }
        return Optional.of(text.flip().toString());
    }

    /** The first records, read with one delimiter and one quote. */
    private record Sample(char delimiter, char quote, List<List<String>> records, boolean quoted) {

        static Sample of(String text, char delimiter, char quote, boolean cut) {
            List<List<String>> records = new ArrayList<>();
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean within = false;
            boolean quoted = false;
            for (int i = 0; i < text.length() && records.size() < RECORDS; i++) {
                char c = text.charAt(i);
                if (c == quote) {
                    boolean doubled = within && i + 1 < text.length() && text.charAt(i + 1) == quote;
                    quoted |= field.isEmpty();
                    if (doubled) {
                        field.append(c);
                        i++;
                    } else {
                        within = !within;
                    }
                } else if (!within && (c == '\n' || c == '\r')) {
                    end(records, fields, field);
                } else if (!within && c == delimiter && fields.size() < MOST_FIELDS) {
                    fields.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(c);
                }
            }
            if (!cut && !within) {
                end(records, fields, field);
            }
            return new Sample(delimiter, quote, records, quoted);
        }

        private static void end(List<List<String>> records, List<String> fields, StringBuilder field) {
            if (!fields.isEmpty() || !field.isEmpty()) {
                fields.add(field.toString());
                records.add(List.copyOf(fields));
            }
            fields.clear();
            field.setLength(0);
        }

        private int width() {
            return records.isEmpty() ? 0 : records.get(0).size();
        }

        /** The share of records that have as many fields as the first; a single field tells little. */
        private double score() {
            long same = records.stream().filter(r -> r.size() == width()).count();
            return (double) same / records.size() * (width() > 1 ? 1 : SINGLE);
        }

        /** An apostrophe is a quote only if fields begin with it. */
        boolean betterThan(Sample other) {
            if (records.isEmpty() || (quote == '\'' && !enclosed())) {
                return false;
            }
            int byScore = other.records.isEmpty() ? 1 : Double.compare(score(), other.score());
            return byScore > 0 || (byScore == 0 && width() > other.width());
        }

        private boolean enclosed() {
            return quoted && records.stream().limit(1).flatMap(List::stream).noneMatch(f -> f.contains("\""));
        }
    }
}
