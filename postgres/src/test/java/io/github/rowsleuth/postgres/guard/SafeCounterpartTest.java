package io.github.rowsleuth.postgres.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeCounterpartTest {

    private static final String[] STATEMENTS = {
        "DELETE FROM orders WHERE created < '2020-01-01' AND note = 'secret'",
        "DELETE FROM shop.\"Order Items\" WHERE id = 7",
        "TRUNCATE orders CASCADE",
        "DELETE FROM sessions",
        "DELETE FROM {table} WHERE id = 1",
        "DELETE FROM a USING b WHERE a.id = b.id",
        "DROP TABLE orders"
    };

    private static Script script() {
        List<CodeStatement> statements = new ArrayList<>();
        for (int i = 0; i < STATEMENTS.length; i++) {
            DestructiveStatement statement =
                    DestructiveStatements.in(STATEMENTS[i]).get(0);
            statements.add(
                    new CodeStatement(statement, i + 10, CodeStatement.Reach.EXECUTED, Excerpt.ofSql(STATEMENTS[i])));
        }
        return Script.builder()
                .path("scripts/clean-all.py")
                .language("python")
                .asOf(new CommitRef("9fc9cc6", "somebody", Instant.EPOCH, Instant.EPOCH, "clean"))
                .statements(statements)
                .suspiciousName(true)
                .build();
    }

    @Test
    void the_difference_shows_what_became_of_each_statement() {
        assertThat(SafeCounterpart.of(script(), SafeCounterpart.Form.JAVA).difference())
                .isEqualTo("""
                        --- scripts/clean-all.py
                        +++ SAFE_clean_all.java
                        @@ scripts/clean-all.py:10
                        -DELETE FROM orders WHERE created < ? AND note = ?
                        +// The script does not name the schema: check that it is public.
                        +run(GuardedOperation.delete("public.orders", "created < ? AND note = ?", value("value 1 of scripts/clean-all.py:10"), value("value 2 of scripts/clean-all.py:10")));
                        @@ scripts/clean-all.py:11
                        -DELETE FROM shop."Order Items" WHERE id = ?
                        +run(GuardedOperation.delete("shop.\\"Order Items\\"", "id = ?", value("value 1 of scripts/clean-all.py:11")));
                        @@ scripts/clean-all.py:12
                        -TRUNCATE orders CASCADE
                        +// Left out: it has no WHERE, or is no plain DELETE: say which rows are to go.
                        @@ scripts/clean-all.py:13
                        -DELETE FROM sessions
                        +// Left out: it has no WHERE, or is no plain DELETE: say which rows are to go.
                        @@ scripts/clean-all.py:14
                        -DELETE FROM {table} WHERE id = ?
                        +// Left out: which table it hits is only known when it runs.
                        @@ scripts/clean-all.py:15
                        -DELETE FROM a USING b WHERE a.id = b.id
                        +// Left out: it has no WHERE, or is no plain DELETE: say which rows are to go.
                        @@ scripts/clean-all.py:16
                        -DROP TABLE orders
                        +// Left out: it has no WHERE, or is no plain DELETE: say which rows are to go.""");
    }

    @Test
    void the_class_compiles_and_does_nothing_until_it_is_filled_in_and_reviewed(@TempDir Path folder) throws Exception {
        SafeCounterpart safe = SafeCounterpart.of(script(), SafeCounterpart.Form.JAVA);
        assertThat(safe.fileName()).isEqualTo("SAFE_clean_all.java");
        assertThat(safe.text()).doesNotContain("secret", "2020");

        assertThatThrownBy(() -> run(folder, safe.text()))
                .hasRootCauseMessage("fill in value 1 of scripts/clean-all.py:10");
        String filledIn = safe.text().replaceAll("value\\(\"value[^)]*\\)", "\"x\"");
        assertThatThrownBy(() -> run(folder, filledIn))
                .hasRootCauseMessage("nobody has reviewed this file: REVIEWED_BY is empty");
        String signed = filledIn.replace("REVIEWED_BY = \"\"", "REVIEWED_BY = \"me\"");
        assertThatThrownBy(() -> run(folder, signed))
                .rootCause()
                .hasMessageContaining("expected the identity of a cluster");
    }

    private static void run(Path folder, String text) throws Exception {
        Path source = Files.writeString(folder.resolve("SAFE_clean_all.java"), text);
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var main = loader.loadClass("SAFE_clean_all").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        }
    }

    @Test
    void the_script_is_understood_by_jshell_and_does_nothing_either() {
        String text = SafeCounterpart.of(script(), SafeCounterpart.Form.JSHELL).text();
        List<String> thrown = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            // Only what the script names: JShell would index all the rest.
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> entry.matches(".*(rowsleuth|classes|/postgresql-|/main$).*"))
                    .forEach(shell::addToClasspath);
            String left = text.replace("/exit\n", "");
            while (!left.isBlank()) {
                SourceCodeAnalysis.CompletionInfo info =
                        shell.sourceCodeAnalysis().analyzeCompletion(left);
                shell.eval(info.source()).forEach(event -> {
                    assertThat(event.status()).as(event.snippet().source()).isEqualTo(Snippet.Status.VALID);
                    if (event.exception() != null) {
                        thrown.add(event.exception().getMessage());
                    }
                });
                left = info.remaining();
            }
        }
        assertThat(thrown).containsExactly("fill in value 1 of scripts/clean-all.py:10");
    }
}
