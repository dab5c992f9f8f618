package io.github.rowsleuth.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.rowsleuth.logs.Logs.Result;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container, through an executable that stands in for its client and replays what a real one printed. */
class ContainerLogsTest {

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void makeAFolderWithABlank() throws IOException {
        folder = Files.createDirectory(temporary.resolve("a folder"));
    }

    private String client(String script) throws IOException {
        Path client = Files.writeString(folder.resolve("stand-in"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwx------"));
        return client.toString();
    }

    private static PostgresLogs container(String client) {
        return PostgresLogs.ofContainer("migration_postgres").withContainerClient(client);
    }

    @Test
    void both_streams_are_read_in_the_order_in_which_the_client_writes() throws IOException {
        List<String> lines = Files.readAllLines(Logs.recorded("s02-debian-mod"));
        Path first = Files.write(folder.resolve("first"), lines.subList(0, 14));
        Path second = Files.write(folder.resolve("second"), lines.subList(14, lines.size()));
        String client = client("[ $# -eq 2 ] && [ \"$1\" = logs ] && [ \"$2\" = migration_postgres ] || exit 64\n"
                + "cat '" + first + "' >&2\ncat '" + second + "'\n");

        Result result = Logs.read(container(client));

        Result fromFile = Logs.read(PostgresLogs.in(Logs.recorded("s02-debian-mod")));
        assertThat(result.seen()).isEqualTo(fromFile.seen());
        assertThat(result.gaps()).isEqualTo(fromFile.gaps());
        assertThat(result.evidence()).allSatisfy(e -> {
            assertThat(e.provenance().source()).isEqualTo("container migration_postgres");
            assertThat(e.provenance().location()).matches("line \\d+");
        });
    }

    @Test
    void more_than_a_pipe_holds_on_both_streams_does_not_block() throws IOException {
        String line = "2026-11-23 04:00:00.000 UTC [7] LOG:  checkpoint starting: time";
        Path lines = Files.writeString(folder.resolve("lines"), (line + "\n").repeat(10_000));
        String client = client("cat '" + lines + "'\ncat '" + lines + "' >&2\n");

        assertThat(Logs.read(container(client)).coverage().detail()).contains("20000 lines");
    }

    @Test
    void a_container_that_does_not_exist_is_unavailable_with_what_the_client_said() throws IOException {
        ProbeOutcome<?> outcome = Logs.read(container(client(
                        "echo 'Error response from daemon: No such container: migration_postgres' >&2\nexit 1\n")))
                .outcome();

        assertThat(outcome.status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        assertThat(outcome.reason()).contains("ended with 1").contains("No such container: migration_postgres");
    }

    @Test
    void a_client_that_fails_at_the_end_leaves_a_gap() throws IOException {
        Path log = Logs.recorded("s01-default-none-mp");

        Result result = Logs.read(container(client("cat '" + log + "'\nexit 3\n")));

        assertThat(result.seen()).hasSize(6);
        assertThat(result.gaps()).anySatisfy(gap -> assertThat(gap).contains("ended with 3"));
    }

    @Test
    void a_client_that_is_not_installed_is_unavailable() {
        ProbeOutcome<?> outcome =
                Logs.read(container(folder.resolve("absent").toString())).outcome();

        assertThat(outcome.status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        assertThat(outcome.reason()).contains("it can not be started");
    }

    @Test
    @Timeout(20)
    void a_client_that_hangs_is_ended_before_the_deadline_and_what_it_said_is_kept() throws Exception {
        Path log = Logs.recorded("s01-default-none-mp");
        Path pid = folder.resolve("pid");
        String client = client("echo $$ > '" + pid + "'\ncat '" + log + "'\nsleep 600\n");

        Result result = Logs.read(container(client), Duration.ofSeconds(5));

        assertThat(result.seen()).hasSize(6);
        assertThat(result.gaps()).anySatisfy(gap -> assertThat(gap).contains("the deadline came first"));
        long process = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(process).ifPresent(ended -> ended.onExit().join());
    }

    @Test
    @Timeout(20)
    void an_interrupt_ends_a_client_that_hangs() throws IOException {
        String client = client("exec sleep 600\n");
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            caller.interrupt();
        });
        interrupter.start();
        long begin = System.nanoTime();

        ProbeOutcome<?> outcome = Logs.read(container(client)).outcome();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.status()).isNotEqualTo(ProbeOutcome.Status.ANSWERED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void names_that_can_be_options_and_clients_for_files_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresLogs.ofContainer("--help"))
                .withMessageContaining("none begins with '-'");
        assertThatIllegalArgumentException().isThrownBy(() -> PostgresLogs.ofContainer(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresLogs.ofContainer("db").withContainerClient(""));
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresLogs.in("server.log").withContainerClient("podman"));
    }
}
