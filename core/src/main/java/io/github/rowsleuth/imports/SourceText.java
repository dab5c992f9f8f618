package io.github.rowsleuth.imports;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Opens a text file, whatever it is packed and encoded in, and counts its records. */
final class SourceText {

    private static final int BUFFER = 64 << 10;
    private static final String POINTER = "version https://git-lfs.github.com/spec/";

    private SourceText() {}

    static InputStream open(SourceContent content, boolean packed, boolean utf16) throws IOException {
        InputStream in = new BufferedInputStream(content.open(), BUFFER);
        try {
            InputStream plain = packed ? new GZIPInputStream(in, BUFFER) : in;
            return utf16 ? new Transcoded(plain) : plain;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Whether it stands for a file that lies elsewhere (git-lfs specification, "The Pointer"). */
    static boolean pointer(byte[] head) {
        return new String(head, 0, Math.min(head.length, POINTER.length()), StandardCharsets.US_ASCII).equals(POINTER);
    }

    static SourceFile.Builder draft(
            SourceContent content, DelimitedHead head, boolean packed, TableMatches tables, List<String> names) {
        boolean headings = tables.headings(head.first());
        return SourceFile.builder()
                .path(content.path())
                .repository(content.repository())
                .commit(content.commit())
                .csv(new CsvLayout(head.delimiter(), head.quote(), head.encoding(), headings, packed))
                .width(head.first().size())
                .headings(headings ? head.first() : List.of())
                .rows(0)
                .whole(false)
                .written(content.written())
                .matches(tables.of(names, head.first()));
    }

    /** The same, with its records counted. */
    static SourceFile counted(SourceFile file, SourceContent content, Budget budget) throws IOException {
        CsvLayout csv = file.csv().orElseThrow();
        RecordTally tally = new RecordTally(csv.delimiter(), csv.quote());
        Optional<String> damage = Optional.empty();
        try (InputStream in = open(content, csv.packed(), csv.utf16())) {
            tally.read(in, budget);
        } catch (EOFException e) {
            damage = Optional.of("it is compressed, and ends too early");
        }
        long headings = csv.header() && tally.records() > 0 ? 1 : 0;
        return SourceFile.builder()
                .from(file)
                .rows(tally.records() - headings)
                .irregular(tally.irregular())
                .whole(tally.whole())
                .damage(damage.or(() -> trouble(tally)))
                .build();
    }

    private static Optional<String> trouble(RecordTally tally) {
        if (tally.open()) {
            return Optional.of("a quote in it is never closed: it is damaged, or cut off");
        }
        return tally.mixed()
                ? Optional.of("its lines end in different ways, which COPY refuses: make them the same first")
                : Optional.empty();
    }
}
