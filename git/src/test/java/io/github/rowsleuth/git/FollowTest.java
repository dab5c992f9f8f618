package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.git.history.FileHistory;
import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.RepositorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lives of all files of random histories, held against what {@code git log --follow} of git 2.39 told of them:
 * {@code follow.txt} was written by {@link FollowRecorder}, which asks git. Git is not needed to run this.
 */
class FollowTest {

    static final int SEEDS = 8;
    static final int COMMITS = 50;

    @TempDir
    Path folder;

    static List<Integer> seeds() {
        return java.util.stream.IntStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_life_has_every_commit_that_git_follows(int seed) throws Exception {
        RandomHistory.build(seed, COMMITS, folder);
        List<String> recorded = recorded(seed);
        assertThat(recorded).hasSizeGreaterThan(3);
        try (OpenRepository repository = new RepositorySource(folder, "HEAD").open()) {
            FileHistory history = FileHistory.read(
                    repository, repository.revisions().commit("HEAD").id(), () -> false);
            for (String line : recorded) {
                String[] words = line.split(" ", -1);
                List<String> life = history.of(words[1], repository).stream()
                        .map(c -> c.commit().id().substring(0, 10))
                        .toList();
                assertThat(life).as(line).containsAll(Arrays.asList(words).subList(2, words.length));
            }
        }
    }

    private static List<String> recorded(int seed) throws IOException {
        try (var in = Objects.requireNonNull(FollowTest.class.getResourceAsStream("follow.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> l.startsWith(seed + " "))
                    .toList();
        }
    }
}
