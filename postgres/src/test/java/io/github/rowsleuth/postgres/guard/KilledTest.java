package io.github.rowsleuth.postgres.guard;

import static io.github.rowsleuth.postgres.guard.Shop.ALL;
import static io.github.rowsleuth.postgres.guard.Shop.FIVE_GONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.watch.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed, as by {@code kill -9}, at each step: every row is there, or a backup that was proven. */
class KilledTest {

    @TempDir
    Path folder;

    private record Death(Step at, Path place, Shop shop, Process process) {}

    @Test
    void killed_at_any_step_it_leaves_the_rows_or_a_proven_backup() throws Exception {
        // Started together, because most of the time of each goes into starting.
        List<Death> deaths = new ArrayList<>();
        for (Step step : Step.values()) {
            Path place = folder.resolve(step.name());
            Shop shop = Shop.open(Sandbox.newest(), place);
            deaths.add(new Death(step, place, shop, start(shop, place, step)));
        }
        for (Death death : deaths) {
            kill(death.process());
            awaitEndOfSession(death.shop());
            if (death.at().compareTo(Step.COMMITTED) < 0) {
                assertThat(death.shop().rows()).as(death.at().name()).isEqualTo(ALL);
            } else {
                assertThat(death.shop().rows()).as(death.at().name()).isEqualTo(FIVE_GONE);
            }
            if (death.at().compareTo(Step.WRITTEN) >= 0) {
                assertProven(death);
            }
            assertThat(lastWord(death)).as(death.at().name()).isEqualTo(expectedWord(death.at()));
        }
        assertThat(deaths).hasSize(13);
    }

    private static Process start(Shop shop, Path place, Step step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        shop.database().server().jdbcUrl(shop.database().name()),
                        shop.role(),
                        shop.disposable().systemIdentifier(),
                        shop.disposable().database(),
                        shop.disposable().marker(),
                        place.toString(),
                        step.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void kill(Process process) throws Exception {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("here");
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            // 128 + 9.
            assertThat(process.exitValue()).isEqualTo(137);
        }
    }

    private static void awaitEndOfSession(Shop shop) throws Exception {
        String sessions = "select count(*) from pg_stat_activity where usename = '" + shop.role() + "'";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!shop.database().value(sessions).equals("0") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(shop.database().value(sessions)).isEqualTo("0");
    }

    private static void assertProven(Death death) throws Exception {
        try (Stream<Path> backups = Files.list(death.place().resolve("backups"))) {
            OperationBackup backup = OperationBackup.read(backups.findFirst().orElseThrow());
            death.shop().database().run("create schema back");
            backup.restoreInto(death.shop().database().dataSource(), "back");
            assertThat(death.shop()
                            .database()
                            .value("select string_agg(id::text || note, '' order by id) from back.orders"))
                    .isEqualTo("1secret\t1\n\\N2secret\t2\n\\N3secret\t3\n\\N4secret\t4\n\\N5secret\t5\n\\N");
            assertThat(death.shop().database().value("select count(*) from back.items"))
                    .isEqualTo("15");
        }
    }

    private static String lastWord(Death death) throws IOException {
        Path journal = death.shop().journal();
        if (!Files.exists(journal)) {
            return "";
        }
        List<String> lines = Files.readAllLines(journal);
        return lines.get(lines.size() - 1).replaceFirst(".* plan [0-9a-f]{10} (\\w+).*", "$1");
    }

    private static String expectedWord(Step step) {
        return switch (step) {
            case REDEEMED, PROVEN -> "";
            case INTENDED, LOCKED, RECOUNTED, WRITTEN, RESTORED -> "INTENDS";
            case BACKED_UP, DELETED, COUNTED -> "BACKED";
            case COMMITTING, COMMITTED -> "COMMITS";
            case NOTED -> "COMMITTED";
        };
    }
}
