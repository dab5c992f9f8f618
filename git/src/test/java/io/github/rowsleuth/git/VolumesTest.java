package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.VolumeChanges;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits after which a server comes up on an empty volume. */
class VolumesTest {

    private static final String[] COMPOSE = {
        "services:",
        "  db:",
        "    image: postgres:16",
        "    volumes:",
        "      - pgdata:/var/lib/postgresql/data",
        "      - ./init:/docker-entrypoint-initdb.d",
        "  cache:",
        "    image: redis:7",
        "    volumes: [\"cache:/data\"]",
        "volumes:",
        "  pgdata:",
        "  cache:"
    };

    @TempDir
    Path folder;

    private List<String> changes() {
        Findings findings =
                Investigation.of("t").probe(GitRepository.at(folder).volumes()).run();
        assertThat(findings.outcomes()).extracting(ProbeOutcome::status).containsExactly(ProbeOutcome.Status.ANSWERED);
        return findings.answer(VolumeChanges.class).orElseThrow().changes().stream()
                .map(c -> c.before() + " > " + c.after() + " in " + c.commit().id() + " by " + c.file())
                .toList();
    }

    private static String[] with(String... first) {
        String[] all = java.util.Arrays.copyOf(first, first.length + COMPOSE.length);
        System.arraycopy(COMPOSE, 0, all, first.length, COMPOSE.length);
        return all;
    }

    @Test
    void a_folder_that_is_renamed_renames_the_project_and_with_it_the_volume() {
        ObjectId renamed;
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .file("Old-Site/docker-compose.yml", COMPOSE)
                    .file("README.md", "# Site")
                    .commit("Begin");
            renamed = repository
                    .move("Old-Site/docker-compose.yml", "site/docker-compose.yml")
                    .commit("Shorter names");
            repository.file("README.md", "# The site").commit("Say more");
        }

        assertThat(changes())
                .containsExactly("old-site_pgdata > site_pgdata in " + renamed.name() + " by site/docker-compose.yml");
    }

    @Test
    void a_name_of_its_own_keeps_the_volume_wherever_the_file_goes() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("a/compose.yaml", with("name: shop")).commit("Begin");
            repository.move("a/compose.yaml", "b/compose.yaml").commit("Move");
        }

        assertThat(changes()).isEmpty();
    }

    @Test
    void the_name_of_the_project_and_the_variable_that_beats_it_are_followed() {
        ObjectId named;
        ObjectId variable;
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .at("2026-01-01T00:00:00Z")
                    .file("ops/compose.yaml", COMPOSE)
                    .commit("Begin");
            named = repository
                    .at("2026-01-02T00:00:00Z")
                    .file("ops/compose.yaml", with("name: shop"))
                    .commit("Name it");
            variable = repository
                    .at("2026-01-03T00:00:00Z")
                    .file("ops/.env", "# names", "COMPOSE_PROJECT_NAME=store")
                    .commit("Name it again");
            repository
                    .at("2026-01-04T00:00:00Z")
                    .file("ops/.env", "COMPOSE_PROJECT_NAME=store # same")
                    .commit("Tidy");
        }

        assertThat(changes())
                .containsExactly(
                        "ops_pgdata > shop_pgdata in " + named.name() + " by ops/compose.yaml",
                        "shop_pgdata > store_pgdata in " + variable.name() + " by ops/compose.yaml");
    }

    @Test
    void the_key_of_the_volume_and_its_own_name_are_followed() {
        ObjectId key;
        ObjectId own;
        String text = String.join("\n", COMPOSE);
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .at("2026-01-01T00:00:00Z")
                    .file("ops/compose.yaml", COMPOSE)
                    .commit("Begin");
            key = repository
                    .at("2026-01-02T00:00:00Z")
                    .file("ops/compose.yaml", text.replace("pgdata", "pgdata18").split("\n", -1))
                    .commit("A new major");
            own = repository
                    .at("2026-01-03T00:00:00Z")
                    .file(
                            "ops/compose.yaml",
                            text.replace("pgdata", "pgdata18")
                                    .replace("  pgdata18:\n  cache:", "  pgdata18:\n    name: rows\n  cache:")
                                    .split("\n", -1))
                    .commit("A name of its own");
        }

        assertThat(changes())
                .containsExactly(
                        "ops_pgdata > ops_pgdata18 in " + key.name() + " by ops/compose.yaml",
                        "ops_pgdata18 > rows in " + own.name() + " by ops/compose.yaml");
    }
}
