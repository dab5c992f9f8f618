package io.github.rowsleuth.postgres.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogPageTest {

    private static final int ROUNDS = 20_000;

    static List<Integer> majors() {
        return PostgresFixture.majors().stream().filter(m -> m >= 14).toList();
    }

    private static List<byte[]> pages(Connection connection, String catalog) throws Exception {
        List<byte[]> pages = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select get_raw_page('" + catalog + "', 'main', b)"
                        + " from generate_series(0, pg_relation_size('" + catalog + "') / 8192 - 1) b")) {
            while (result.next()) {
                pages.add(result.getBytes(1));
            }
        }
        return pages;
    }

    private static List<String> names(Connection connection, String sql) throws Exception {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("majors")
    void rows_of_pg_class_read_from_pages_are_those_that_the_server_reads(int major) throws Exception {
        var server = PostgresFixture.shared(major);
        try (Connection connection = server.connect(server.createDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("create extension pageinspect");
            statement.execute("create table \"Grüße\"(id int primary key, t text)");
            statement.execute("create schema \"Odd\"");
            List<String> read = new ArrayList<>();
            for (byte[] page : pages(connection, "pg_class")) {
                CatalogPage.rows(page)
                        .forEach(row -> CatalogRow.ofClass(row, major)
                                .ifPresent(c -> read.add(String.join(
                                        "|",
                                        "" + c.oid(),
                                        c.name(),
                                        "" + c.schema(),
                                        "" + c.file(),
                                        "" + c.tablespace(),
                                        c.kind()))));
            }
            List<String> schemas = new ArrayList<>();
            for (byte[] page : pages(connection, "pg_namespace")) {
                CatalogPage.rows(page)
                        .forEach(row -> CatalogRow.ofSchema(row).ifPresent(s -> schemas.add(s.oid() + "|" + s.name())));
            }

            assertThat(read)
                    .containsAll(names(
                            connection,
                            "select concat_ws('|', oid, relname, relnamespace, relfilenode, reltablespace, relkind)"
                                    + " from pg_class"));
            assertThat(schemas).containsAll(names(connection, "select concat_ws('|', oid, nspname) from pg_namespace"));
        }
    }

    @Test
    void whatever_the_bytes_are_it_never_throws() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        var server = PostgresFixture.shared();
        List<byte[]> real;
        try (Connection connection = server.connect(server.createDatabase());
                Statement statement = connection.createStatement()) {
            statement.execute("create extension pageinspect");
            real = pages(connection, "pg_class");
        }
        for (int i = 0; i < ROUNDS; i++) {
            byte[] page = real.get(random.nextInt(real.size())).clone();
            byte[] bytes = random.nextBoolean() ? page : java.util.Arrays.copyOf(page, random.nextInt(page.length + 1));
            for (int change = 0; change < 20 && bytes.length > 0; change++) {
                bytes[random.nextInt(change < 10 ? Math.min(bytes.length, 200) : bytes.length)] =
                        (byte) random.nextInt(256);
            }
            assertThatCode(() -> read(bytes)).doesNotThrowAnyException();
        }
    }

    private static void read(byte[] bytes) {
        CatalogPage.rows(bytes).forEach(row -> {
            CatalogRow.ofClass(row, 15);
            CatalogRow.ofClass(row, 18);
            CatalogRow.ofSchema(row);
        });
        CatalogPage.inserted(bytes).ifPresent(row -> CatalogRow.ofClass(row, 18));
    }
}
