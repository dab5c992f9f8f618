package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.PageCapture;
import io.github.rowsleuth.transaction.TablePages;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PageCaptureTest {
    private static final int MAJOR = 17;

    @TempDir
    private Path folder;

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    /** Long values that do not compress go to a TOAST table. */
    private static Database database(int major) throws Exception {
        return Database.on(major)
                .run(
                        "create extension pageinspect",
                        "create table orders(id int, long text) with (autovacuum_enabled = off)",
                        "alter table orders alter long set storage external",
                        "insert into orders select i, repeat(md5(i::text), 300) from generate_series(1, 400) i",
                        "delete from orders where id <= 100",
                        "create table empty(id int)");
    }

    private static TablePages of(DeadRows rows, String table) {
        return rows.of(TableName.of("public", table)).orElseThrow();
    }

    private static String hash(String algorithm, Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_file_holds_what_the_server_has_in_memory_and_on_its_disk(int major) throws Exception {
        Database database = database(major).run("checkpoint");
        Notebook notebook = Notebook.on("orders", "empty");

        DeadRows rows =
                Postgres.at(database.url()).keepingPagesIn(folder).deadRows().examine(notebook);

        PageCapture main = of(rows, "orders").capture().orElseThrow();
        PageCapture toast = of(rows, "orders").toastCapture().orElseThrow();
        assertThat(Files.readAllBytes(main.file())).isEqualTo(inMemory(database, "oid"));
        assertThat(withoutChecksums(Files.readAllBytes(main.file()))).isEqualTo(onDisk(database, "oid"));
        assertThat(withoutChecksums(Files.readAllBytes(toast.file()))).isEqualTo(onDisk(database, "reltoastrelid"));
        assertThat(toast.pages()).isGreaterThan(300);
        assertThat(hash("SHA-256", main.file())).isEqualTo(main.sha256());
        assertThat(Files.size(main.file())).isEqualTo(main.pages() * 8192);
        assertThat(Files.size(of(rows, "empty").capture().orElseThrow().file())).isZero();
        assertThat(of(rows, "empty").toastCapture()).isEmpty();
        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.evidence)
                .extracting(Evidence::toString)
                .anyMatch(text -> text.contains(main.file().toString()) && text.contains(main.sha256()));
    }

    private static byte[] inMemory(Database database, String oid) throws Exception {
        return bytes(
                database,
                "(select string_agg(get_raw_page(c." + oid + "::regclass::text, b::int), ''::bytea order by b)"
                        + " from generate_series(0, pg_relation_size(c." + oid + ") / 8192 - 1) b)");
    }

    private static byte[] onDisk(Database database, String oid) throws Exception {
        return withoutChecksums(bytes(database, "pg_read_binary_file(pg_relation_filepath(c." + oid + "))"));
    }

    private static byte[] bytes(Database database, String bytea) throws Exception {
        return HexFormat.of()
                .parseHex(database.value(
                        "select encode(" + bytea + ", 'hex') from pg_class c where c.oid = 'orders'::regclass"));
    }

    /** The server computes a checksum when it writes a page, not in its memory. */
    private static byte[] withoutChecksums(byte[] pages) {
        for (int page = 0; page < pages.length; page += 8192) {
            pages[page + 8] = 0;
            pages[page + 9] = 0;
        }
        return pages;
    }

    @Test
    void a_text_says_what_the_file_is() throws Exception {
        Database database = database(MAJOR);

        DeadRows rows =
                Postgres.at(database.url()).keepingPagesIn(folder).deadRows().examine(Notebook.on("orders"));

        PageCapture capture = of(rows, "orders").capture().orElseThrow();
        String system = database.value("select system_identifier from pg_control_system()");
        String path = database.value("select pg_relation_filepath('orders')");
        String oid = database.value("select 'orders'::regclass::oid");
        assertThat(capture.file()).hasFileName(system + "-" + path.replace('/', '-') + ".pages");
        Path words = folder.resolve(system + "-" + path.replace('/', '-') + ".txt");
        assertThat(Files.readString(words))
                .startsWith("Pages of public.orders, read by Rowsleuth from 20")
                .contains("system identifier  " + system + "\n")
                .contains("relation           oid " + oid + ", file " + path + "\n")
                .contains("pages              3 of 3, of 8192 bytes each, from block 0 on\n")
                .contains("not readable       none\n")
                .contains("SHA-256            " + capture.sha256() + "\n")
                .containsPattern("changes up to {6}[0-9A-F]+/[0-9A-F]+, the oldest page [0-9A-F]+/[0-9A-F]+\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(4).allMatch(file -> permissions(file).equals("rw-------"));
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothing_that_is_there_is_touched() throws Exception {
        Postgres postgres = Postgres.at(database(MAJOR).url()).keepingPagesIn(folder);
        Path first = of(postgres.deadRows().examine(Notebook.on("orders")), "orders")
                .capture()
                .orElseThrow()
                .file();
        Files.writeString(first, "somebody else's");
        String name = first.getFileName().toString().replace(".pages", "");
        Path target = folder.resolve("target");
        Files.createSymbolicLink(folder.resolve(name + "-2.pages"), target);

        Path third = of(postgres.deadRows().examine(Notebook.on("orders")), "orders")
                .capture()
                .orElseThrow()
                .file();

        assertThat(third).hasFileName(name + "-3.pages").isNotEmptyFile();
        assertThat(first).hasContent("somebody else's");
        assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void a_folder_that_is_none_is_refused_at_once() throws Exception {
        Postgres postgres = Postgres.at("jdbc:postgresql://localhost/app");
        Path file = Files.createFile(folder.resolve("file"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));

        assertThatThrownBy(() -> postgres.keepingPagesIn(folder.resolve("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found nothing at");
        assertThatThrownBy(() -> postgres.keepingPagesIn(file)).hasMessageContaining("found something else at");
        assertThatThrownBy(() -> postgres.keepingPagesIn(link))
                .hasMessageContaining("found a symbolic link: give the folder it leads to");
    }

    @Test
    void a_folder_that_is_gone_costs_the_copies_and_nothing_else() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Postgres postgres = Postgres.at(database(MAJOR).url()).keepingPagesIn(gone);
        Files.delete(gone);
        Notebook notebook = Notebook.on("orders");

        DeadRows rows = postgres.deadRows().examine(notebook);

        assertThat(of(rows, "orders").deleted()).isEqualTo(100);
        assertThat(of(rows, "orders").capture()).isEmpty();
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("the pages of public.orders could not be kept in " + gone + ": NotDirectoryException");
    }

    @Test
    void a_full_disk_leaves_whole_pages_and_nothing_else_is_lost() throws Exception {
        Database database = database(MAJOR);
        AtomicInteger room = new AtomicInteger(2);
        PageOptions options = new PageOptions(
                1_000,
                Optional.of(folder),
                (path, how, attributes) -> narrow(Files.newByteChannel(path, how, attributes), room));
        Notebook notebook = Notebook.on("orders");

        DeadRows rows = new DeadRowsOnPages(
                        new Sessions(ConnectionSettings.parse(database.url()), Limits.DEFAULT), options)
                .examine(notebook);

        assertThat(of(rows, "orders").deleted()).isEqualTo(100);
        assertThat(of(rows, "orders").pagesRead()).isEqualTo(3);
        PageCapture capture = of(rows, "orders").capture().orElseThrow();
        assertThat(capture.pages()).isEqualTo(2);
        assertThat(Files.size(capture.file())).isEqualTo(2 * 8192);
        assertThat(hash("SHA-256", capture.file())).isEqualTo(capture.sha256());
        assertThat(of(rows, "orders").toastCapture()).isEmpty();
        assertThat(notebook.gaps)
                .extracting(Gap::missing)
                .containsExactly("the pages of public.orders could not be kept in " + folder
                        + ": IOException: No space left on device");
    }

    /** A channel to a disk with room for so many writes; the next one writes half. */
    private static SeekableByteChannel narrow(SeekableByteChannel real, AtomicInteger room) {
        return (SeekableByteChannel) Proxy.newProxyInstance(
                PageCaptureTest.class.getClassLoader(),
                new Class<?>[] {SeekableByteChannel.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("write") && room.getAndDecrement() <= 0) {
                        real.write(java.nio.ByteBuffer.allocate(4_096));
                        throw new IOException("No space left on device");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void a_copy_that_the_limit_cut_short_says_how_long_it_is() throws Exception {
        DeadRows rows = Postgres.at(database(MAJOR).url())
                .keepingPagesIn(folder)
                .withPageLimit(2)
                .deadRows()
                .examine(Notebook.on("orders"));

        assertThat(of(rows, "orders").capture().orElseThrow().pages()).isEqualTo(2);
        assertThat(of(rows, "orders").complete()).isFalse();
    }
}
