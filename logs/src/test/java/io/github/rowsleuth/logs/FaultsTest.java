package io.github.rowsleuth.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happened to a log: the statement in it that can still be read is found, and what could not be read is told.
 */
class FaultsTest {

    private static final String HEAD = "2026-11-23 04:00:00.000 UTC [7] ";
    private static final String WANTED = "2026-11-23 04:00:09.000 UTC [7] LOG:  statement: delete from orders\n";
    private static final String OTHER = HEAD + "LOG:  statement: select 1\n";

    @TempDir
    Path folder;

    /** Damages a log that holds the wanted statement; returns what is to be read. */
    @FunctionalInterface
    interface Fault {
        Path in(Path folder) throws IOException;
    }

    private static Named<Fault> before(String name, byte[] damage) {
        return Named.of(name, folder -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(OTHER.getBytes(UTF_8));
            all.writeBytes(damage);
            all.writeBytes(("\n" + OTHER + WANTED).getBytes(UTF_8));
            return Files.write(folder.resolve("server.log"), all.toByteArray());
        });
    }

    private static Named<Fault> before(String name, String damage) {
        return before(name, damage.getBytes(UTF_8));
    }

    private static Named<Fault> whole(String name, byte[] log) {
        return Named.of(name, folder -> Files.write(folder.resolve("server.log"), log));
    }

    private static Named<Fault> whole(String name, String log) {
        return whole(name, log.getBytes(UTF_8));
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(other);
        return all.toByteArray();
    }

    private static Named<Fault> gz(String name, byte[] content) {
        return Named.of(name, folder -> Files.write(folder.resolve("server.log.gz"), content));
    }

    private static Named<Fault> beside(String name, Fault other) {
        return Named.of(name, folder -> {
            Files.writeString(folder.resolve("postgresql-1.log"), OTHER + WANTED);
            other.in(folder);
            return folder;
        });
    }

    static List<Named<Fault>> faults() {
        String csv =
                "2026-11-23 04:00:00.000 UTC,\"app\",\"shop\",7,\"[local]\",6b03ae84.7,1,\"idle\",2026-11-23 04:00:00 UTC,3/1,0,"
                        + "LOG,00000,\"statement: delete from orders\",,,,,,,,,\"psql\",\"client backend\",,0\n";
        String json = "{\"timestamp\":\"2026-11-23 04:00:00.000 UTC\",\"pid\":7,\"error_severity\":\"LOG\","
                + "\"message\":\"statement: delete from orders\"}\n";
        return List.of(
                before("bytes that are not UTF-8", new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE}),
                before(
                        "bytes of Latin-1 in a statement",
                        (HEAD + "LOG:  statement: select 'f\u00fcr'").getBytes(ISO_8859_1)),
                before("an overlong sequence", new byte[] {(byte) 0xC0, (byte) 0x80}),
                before("half a character at the end of a line", new byte[] {'x', (byte) 0xE2, (byte) 0x82}),
                before("what copytruncate leaves", new byte[8_192]),
                before("NUL in a statement", HEAD + "LOG:  statement: select '\0'"),
                before("other ends of lines", HEAD + "LOG:  statement: select 'a\u2028b\u0085c\rd'"),
                before("an empty line", ""),
                before("thousands of empty lines", "\n".repeat(20_000)),
                before("lines of tabs only", "\t\n".repeat(1_000)),
                before("a line of five megabytes", HEAD + "LOG:  statement: select '" + "x".repeat(5 << 20) + "'"),
                before("five megabytes without a record", "x".repeat(5 << 20)),
                before(
                        "a record of ten thousand lines",
                        HEAD + "LOG:  statement: select\n" + "\t1,\n".repeat(10_000) + "\t1"),
                before("half a record head", "2026-11-23 04:00:00.0"),
                before("a head without its text", HEAD),
                before("a torn line", HEAD + "LOG:  statement: sel" + HEAD + "LOG:  statement: select 2"),
                before("a statement without its error", HEAD + "STATEMENT:  delete from nothing"),
                before("an error without its statement", HEAD + "ERROR:  canceling statement due to user request"),
                before("a detail that belongs to nothing", HEAD + "DETAIL:  Key (id)=(1) already exists."),
                before(
                        "a head that a statement forges",
                        HEAD + "LOG:  statement: select '\n\t" + HEAD + "LOG:  statement: x'"),
                before("a time that goes back", "2020-01-01 00:00:00.000 UTC [7] LOG:  statement: select 1"),
                before("a time to come", "2099-01-01 00:00:00.000 UTC [7] LOG:  statement: select 1"),
                before("a date that does not exist", "2026-13-45 99:99:99.000 UTC [7] LOG:  statement: select 1"),
                before("a zone that nobody knows", "2026-11-23 04:00:00.000 QQQ [7] LOG:  statement: select 1"),
                before("a process without a number", "2026-11-23 04:00:00.000 UTC [x] LOG:  statement: select 1"),
                before(
                        "a process of twenty digits",
                        "2026-11-23 04:00:00.000 UTC [12345678901234567890] LOG:  statement: select 1"),
                before("colours of a terminal", "\u001b[31m" + HEAD + "LOG:  statement: select 1\u001b[0m"),
                before("another prefix", "2026-11-23 04:00:00 UTC::@:[8]:LOG:  statement: select 1"),
                before("a line of another program", "update-alternatives: using /usr/bin/x"),
                before("a stack trace", "java.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)\n\t... 3 more"),
                before("half a line of JSON", json.substring(0, 40)),
                before("half a record of CSV", csv.substring(0, 60)),
                before("half an envelope of Docker", "{\"log\":\"2026-11-23 04:00"),
                before("a quote of CSV that never ends", csv.substring(0, csv.indexOf("delete"))),
                before(
                        "a quote of CSV that never ends, twice",
                        csv.substring(0, csv.indexOf("delete")) + "\n" + csv.substring(0, csv.indexOf("delete"))),
                before(
                        "a crash of a process of twenty digits",
                        HEAD + "LOG:  server process (PID 12345678901234567890) was terminated by signal 9: Killed"),
                before(
                        "a deadlock of processes of twenty digits",
                        HEAD + "ERROR:  deadlock detected\n" + HEAD
                                + "DETAIL:  Process 12345678901234567890 waits for ShareLock on transaction"
                                + " 12345678901234567890; blocked by process 12345678901234567890.\n"
                                + "\tProcess 12345678901234567890: delete from x"),
                before(
                        "a plan whose lines were joined",
                        HEAD
                                + "LOG:  duration: 1.0 ms  plan:\n\tQuery Text: select 1  (cost=0.00..1.00 rows=1 width=0)"),
                before(
                        "a plan of a merge of twenty digits",
                        HEAD + "LOG:  duration: 1.0 ms  plan:\n\tQuery Text: select 1\n\tMerge on x  (cost=0.00..1.00"
                                + " rows=1 width=0)\n\t  Tuples: deleted=12345678901234567890"),
                before("a thousand opening brackets", "{".repeat(1_000)),
                whole("no end of line at the end", OTHER + WANTED.strip()),
                whole("ends of lines of Windows", (OTHER + WANTED).replace("\n", "\r\n")),
                whole("a byte order mark", "\uFEFF" + OTHER + WANTED),
                whole("UTF-16 with a mark", ("\uFEFF" + OTHER + WANTED).getBytes(UTF_16LE)),
                whole("UTF-16 the other way round", (OTHER + WANTED).getBytes(UTF_16BE)),
                whole("csvlog that begins in the middle", csv.substring(50) + csv),
                whole("jsonlog that begins in the middle", json.substring(50) + json),
                whole("a beginning in the middle of a record", "\tfrom t\n\twhere x\n" + OTHER + WANTED),
                gz("half of a packed log", half(OTHER + WANTED + noise())),
                gz("garbage behind a packed log", joined(packed(OTHER + WANTED), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9
                })),
                gz("two packed logs in one", joined(packed(OTHER), packed(WANTED))),
                gz("a packed log that is not packed", (OTHER + WANTED).getBytes(UTF_8)),
                beside(
                        "an empty packed log beside it",
                        f -> Files.write(f.resolve("postgresql-2.log.gz"), new byte[0])),
                beside(
                        "the head of a packed log beside it",
                        f -> Files.write(f.resolve("postgresql-2.log.gz"), new byte[] {0x1F, (byte) 0x8B})),
                beside("a folder with the name of a log", f -> Files.createDirectory(f.resolve("postgresql-2.log"))),
                beside(
                        "a link to itself",
                        f -> Files.createSymbolicLink(f.resolve("postgresql-2.log"), f.resolve("postgresql-2.log"))),
                beside(
                        "a link that leads nowhere",
                        f -> Files.createSymbolicLink(f.resolve("postgresql-2.log"), f.resolve("gone"))),
                beside(
                        "a link out of the folder",
                        f -> Files.createSymbolicLink(f.resolve("postgresql-2.log"), Path.of("/etc/passwd"))),
                beside("a log of holes", f -> {
                    try (RandomAccessFile file =
                            new RandomAccessFile(f.resolve("postgresql-2.log").toFile(), "rw")) {
                        file.setLength(64L << 20);
                    }
                    return f;
                }),
                beside(
                        "the same log under another name",
                        f -> Files.writeString(f.resolve("postgresql-2.log"), OTHER + WANTED)),
                beside(
                        "a picture with the name of a log",
                        f -> Files.write(
                                f.resolve("postgresql-2.log"),
                                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1})));
    }

    private static String noise() {
        StringBuilder noise = new StringBuilder();
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            noise.append(HEAD)
                    .append("LOG:  statement: select ")
                    .append(random.nextLong())
                    .append('\n');
        }
        return noise.toString();
    }

    private static byte[] half(String text) {
        byte[] all = packed(text);
        return java.util.Arrays.copyOf(all, all.length / 2);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_can_still_be_read_is_found(Fault fault) throws IOException {
        Result result = Logs.read(PostgresLogs.in(fault.in(folder)));

        assertThat(result.outcome().status()).isEqualTo(ProbeOutcome.Status.ANSWERED);
        assertThat(result.seen()).filteredOn(s -> s.contains("DELETE orders")).isNotEmpty();
        assertThat(result.answer().seen()).hasSizeLessThanOrEqualTo(3);
    }
}
