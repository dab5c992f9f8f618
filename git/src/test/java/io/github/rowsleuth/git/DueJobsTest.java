package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.DueJob;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DueJobsTest {

    @TempDir
    Path folder;

    private Automation between(String from, String to, String... crontab) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("wipe.py", "db.execute('TRUNCATE t')").file("crontab", crontab);
            repository.commit("Add");
        }
        return Investigation.of("shop.users")
                .lostBetween(from, to)
                .probes(GitRepository.at(folder))
                .run()
                .answer(Automation.class)
                .orElseThrow();
    }

    @Test
    void jobs_that_were_due_in_the_window_are_told_before_those_that_were_not() {
        Automation automation = between(
                "2025-10-07T02:00:00Z",
                "2025-10-07T04:00:00Z",
                "0 12 * * * python wipe.py",
                "CRON_TZ=Europe/Berlin",
                "30 4,5 * * 2 python wipe.py");

        // 7 October 2025 was a Tuesday, and Berlin was two hours ahead of UTC.
        assertThat(automation.jobs()).hasSize(2);
        assertThat(automation.due()).singleElement().satisfies(job -> {
            assertThat(job.line()).isEqualTo(3);
            assertThat(job.due())
                    .containsExactly(Instant.parse("2025-10-07T02:30:00Z"), Instant.parse("2025-10-07T03:30:00Z"));
            assertThat(job.runs()).containsExactly("wipe.py");
            assertThat(job.doubts()).isEmpty();
        });
        assertThat(automation.jobs().get(1).timesDue()).isZero();
        assertThat(automation.jobs().get(1).lastDue()).contains(Instant.parse("2025-10-06T12:00:00Z"));
        assertThat(automation.jobs().get(1).doubts()).containsExactly("the source names no time zone; UTC was assumed");
    }

    @Test
    void a_job_that_is_commented_out_was_not_due() {
        Automation automation = between("2025-10-07T00:00:00Z", "2025-10-08T00:00:00Z", "#0 3 * * * python wipe.py");

        assertThat(automation.due()).isEmpty();
        assertThat(automation.jobs())
                .extracting(DueJob::timesDue, j -> j.disabled().orElse(""))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, "commented out"));
    }
}
