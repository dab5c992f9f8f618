package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Tests that were connected to the wrong database. */
final class TestSuiteVariants {

    private TestSuiteVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.TEST_SUITE, "a fixture of pytest", TestSuiteVariants::pytest)
                        .by("tests/conftest.py")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("tables were truncated, no log shows by whom")),
                Variant.of(Cause.TEST_SUITE, "a set-up of Jest with Prisma", TestSuiteVariants::jest)
                        .by("test/setup.ts")
                        .but(Cell.NO_REPOSITORY, Expected.unexplained("plain deletions, no log shows by whom")),
                Variant.of(Cause.TEST_SUITE, "JDBC in Java, with its statements in the log", TestSuiteVariants::java)
                        .by("src/test/java/app/CleanDatabase.java")
                        .with("statements of one session", "DELETE ledger", "DELETE postings")
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.act(
                                        Cause.DIRECT_STATEMENT, "the log has the statements, and nothing the tests")));
    }

    private static void pytest(Stage stage) throws Exception {
        stage.table("users", 22)
                .table("tokens", 61)
                .table("letters", 8)
                .table("countries", 5)
                .decoys(Decoys.around(Truth.TRUNCATED, "countries", "users", "tokens", "letters"))
                .file("app/main.py", "def main():\n    serve()\n")
                .file("tests/conftest.py", """
                        import psycopg2
                        import pytest

                        @pytest.fixture(autouse=True)
                        def clean():
                            yield
                            with psycopg2.connect(DSN) as connection:
                                connection.cursor().execute("TRUNCATE users, tokens, letters")
                        """)
                .committed("Test", Duration.ofDays(45))
                .missing("users", "tokens", "letters")
                .then("", "truncate users, tokens, letters");
    }

    private static void jest(Stage stage) throws Exception {
        stage.table("orders", 28)
                .table("invoices", 19)
                .table("vendors", 4)
                .decoys(Decoys.around(Truth.DELETED, "vendors", "orders", "invoices"))
                .file("prisma/schema.prisma", """
                        model Order {
                          id Int @id
                          @@map("orders")
                        }

                        model Invoice {
                          id Int @id
                          @@map("invoices")
                        }
                        """)
                .file(
                        "package.json",
                        "{ \"scripts\": { \"test\": \"jest\" }, \"jest\": { \"setupFilesAfterEnv\": [\"./test/setup.ts\"] } }\n")
                .file("test/setup.ts", """
                        import { PrismaClient } from '@prisma/client';
                        const prisma = new PrismaClient();

                        beforeEach(async () => {
                          await prisma.invoice.deleteMany();
                          await prisma.order.deleteMany();
                        });
                        """)
                .committed("Test", Duration.ofDays(45))
                .missing("orders", "invoices")
                .then("", "delete from invoices")
                .then("", "delete from orders");
    }

    private static void java(Stage stage) throws Exception {
        stage.logging("mod")
                .table("ledger", 33)
                .table("postings", 71)
                .table("rates", 4)
                .run("update postings set kind = 'open' where id <= 30")
                .decoys(Decoys.around(Truth.DELETED, "rates", "ledger", "postings"))
                .file("pom.xml", "<project><artifactId>bank</artifactId></project>\n")
                .file("src/test/java/app/CleanDatabase.java", """
                        package app;

                        class CleanDatabase {
                            @BeforeEach
                            void clean() throws SQLException {
                                try (Statement statement = connection().createStatement()) {
                                    statement.execute("DELETE FROM ledger");
                                    statement.execute("DELETE FROM postings WHERE kind = 'open'");
                                }
                            }
                        }
                        """)
                .committed("Test", Duration.ofDays(45))
                .missing("ledger", "postings")
                .then("PostgreSQL JDBC Driver", "DELETE FROM ledger", "DELETE FROM postings WHERE kind = 'open'");
    }
}
