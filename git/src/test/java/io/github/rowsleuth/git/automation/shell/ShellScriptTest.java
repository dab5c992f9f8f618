package io.github.rowsleuth.git.automation.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShellScriptTest {

    private static List<ShellCommand> commands(String... lines) {
        return ShellScript.parse(String.join("\n", lines), 1).commands("@repo/bin", Optional.empty(), Map.of());
    }

    private static String only(String line) {
        return commands(line).stream().map(c -> String.join("|", c.words())).collect(Collectors.joining(" ; "));
    }

    private static ShellCommand named(List<ShellCommand> commands, String name) {
        return commands.stream()
                .filter(c -> c.words().contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void quotes_escapes_and_continued_lines_make_words() {
        assertThat(only("a 'b c' \"d e\" f\\ g \\\n h$'\\n'")).isEqualTo("a|b c|d e|f g|h\n");
        assertThat(only("x=1 y='2 3' cmd --a=\"b c\" # comment")).isEqualTo("cmd|--a=b c");
        assertThat(only("echo a#b")).isEqualTo("echo|a#b");
    }

    @Test
    void variables_are_expanded_where_the_script_sets_them_and_kept_where_it_does_not() {
        assertThat(only("CMD=\"docker exec db psql\"; $CMD -f x.sql; \"$CMD\" y"))
                .isEqualTo("docker|exec|db|psql|-f|x.sql ; docker exec db psql|y");
        assertThat(only("run $UNKNOWN ${WITH:-default} ${WITH:-\"$X\"}")).isEqualTo("run|${UNKNOWN}|default");
        assertThat(only("A=(one 'two three'); run \"${A[@]}\"")).isEqualTo("run|one|two three");
        assertThat(only("P=${PYTHON:-python3}; \"$P\" x.py")).isEqualTo("python3|x.py");
        assertThat(only("F=dir/file.sql.bak; psql ${F%.bak} ${F##*/}")).isEqualTo("psql|dir/file.sql|file.sql.bak");
    }

    @Test
    void the_folder_of_the_script_is_known_however_it_asks_for_it() {
        assertThat(only("$(dirname \"$0\")/a.sh")).contains("@repo/bin/a.sh");
        assertThat(only("H=$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd); $H/../a.sh"))
                .endsWith("@repo/bin/../a.sh");
        assertThat(only("H=\"$(cd \"$(dirname \"$0\")/..\" && pwd)\"; \"$H/a.sh\""))
                .endsWith("@repo/a.sh");
        assertThat(only("\"${0%/*}/a.sh\"")).isEqualTo("@repo/bin/a.sh");
        assertThat(only("$(git rev-parse --show-toplevel)/a.sh")).endsWith("@repo/a.sh");
    }

    @Test
    void a_change_of_folder_lasts_and_ends_with_its_brackets() {
        List<ShellCommand> found =
                commands("cd a", "(cd b; one)", "two", "cd /srv && three", "cd \"$(dirname $0)\"", "four");

        assertThat(named(found, "one").directory()).isEqualTo("a/b");
        assertThat(named(found, "two").directory()).isEqualTo("a");
        assertThat(named(found, "three").directory()).isEqualTo("/srv");
        assertThat(named(found, "four").directory()).isEqualTo("@repo/bin");
    }

    @Test
    void lines_are_those_of_the_file_after_here_documents_and_loops_too() {
        List<ShellCommand> found = commands(
                "psql <<'EOF' # text",
                "DELETE FROM t;",
                "EOF",
                "one \\",
                "  two",
                "for f in a b",
                "do",
                "  three $f",
                "done");

        assertThat(found.get(0).document()).contains(new HereDocument("DELETE FROM t;\n", 2));
        assertThat(named(found, "one").line()).isEqualTo(4);
        assertThat(found)
                .filteredOn(c -> c.words().contains("three"))
                .extracting(c -> c.line() + String.join(" ", c.words()))
                .containsExactly("8three a", "8three b");
    }

    @Test
    void two_here_documents_on_one_line_follow_each_other() {
        List<ShellCommand> found = commands("cat <<A; cat <<-B", "1", "A", "2", "\tB", "after");

        assertThat(found.get(0).document().orElseThrow().text()).isEqualTo("1\n");
        assertThat(found.get(1).document().orElseThrow().text()).isEqualTo("2\n");
        assertThat(found.get(2).words()).containsExactly("after");
        assertThat(found.get(2).line()).isEqualTo(6);
    }

    @Test
    void conditions_are_kept_and_what_ends_the_script_leaves_one_behind() {
        List<ShellCommand> found = commands(
                "if [ \"$ENV\" = production ]; then echo no; exit 1; fi",
                "one",
                "[ \"$CONFIRM\" = yes ] || { echo no; exit 1; }",
                "two",
                "[[ $A && $B ]] && three",
                "read -p 'Sure? ' answer",
                "four");

        assertThat(named(found, "one").conditions())
                .extracting(ShellCommand.Condition::text)
                .containsExactly("not: [ \"$ENV\" = production ]");
        assertThat(named(found, "two").conditions())
                .extracting(ShellCommand.Condition::text)
                .contains("[ \"$CONFIRM\" = yes ]");
        assertThat(named(found, "three").conditions())
                .extracting(ShellCommand.Condition::text)
                .contains("[[ $A && $B ]]");
        assertThat(named(found, "four").conditions())
                .filteredOn(ShellCommand.Condition::guard)
                .hasSize(1);
        assertThat(named(found, "four").conditions())
                .extracting(ShellCommand.Condition::text)
                .doesNotContain("[[ $A && $B ]]");
    }

    @Test
    void what_is_never_reached_says_why() {
        assertThat(named(commands("echo a; exit 0; dead"), "dead").dead()).contains("after exit on line 1");
        assertThat(named(commands("false && dead"), "dead").dead()).isPresent();
        assertThat(named(commands("true || dead"), "dead").dead()).isPresent();
        assertThat(named(commands("if false; then dead; else live; fi"), "dead").dead())
                .isPresent();
        assertThat(named(commands("if false; then dead; else live; fi"), "live").dead())
                .isEmpty();
        assertThat(named(commands("exec python x.py", "dead"), "dead").dead()).contains("after exec on line 1");
        assertThat(named(commands("if [ -f x ]; then exit; fi", "live"), "live").dead())
                .isEmpty();
        assertThat(named(commands("(exit 1)", "live"), "live").dead()).isEmpty();
    }

    @Test
    void arguments_decide_a_choice_where_they_are_known() {
        ShellScript script = ShellScript.parse(
                "case \"$1\" in\n web) one ;;\n reset|wipe) two ;;\n *) exec \"$@\" ;;\nesac\nthree", 1);

        assertThat(script.looksAtArguments()).isTrue();
        assertThat(script.commands("", Optional.of(List.of("wipe")), Map.of()))
                .filteredOn(c -> c.dead().isEmpty())
                .extracting(ShellCommand::name)
                .containsExactly("two", "three");
        assertThat(script.commands("", Optional.of(List.of("python", "a.py")), Map.of()))
                .filteredOn(c -> c.dead().isEmpty())
                .extracting(c -> String.join(" ", c.words()))
                .contains("exec python a.py");
        assertThat(named(script.commands("", Optional.empty(), Map.of()), "two").conditions())
                .extracting(ShellCommand.Condition::text)
                .containsExactly("\"$1\" is reset or wipe");
    }

    @Test
    void functions_run_where_they_are_called() {
        List<ShellCommand> found = commands("wipe() {", "  psql -f x.sql", "}", "if test -n \"$A\"; then wipe; fi");

        assertThat(found).extracting(ShellCommand::name).containsExactly("test", "psql");
        assertThat(found.get(1).line()).isEqualTo(2);
        assertThat(found.get(1).conditions()).hasSize(1);
        assertThat(commands("function loop { loop; }", "loop")).isNotEmpty();
    }

    @Test
    void pipes_and_redirections_tell_where_input_comes_from_and_output_goes() {
        List<ShellCommand> found =
                commands("cat a.sql | psql; psql < b.sql > c.log 2>&1; (echo x; echo y) | crontab -");

        assertThat(found.get(1).source().orElseThrow().words()).containsExactly("cat", "a.sql");
        assertThat(found.get(2).inputs()).containsExactly("b.sql");
        assertThat(found.get(2).outputs()).contains("c.log");
        assertThat(named(found, "crontab").source().orElseThrow().words()).containsExactly("echo", "y");
    }

    @Test
    void broken_scripts_are_read_as_far_as_they_go() {
        for (String broken : List.of(
                "if then fi fi",
                "case x in",
                "for",
                "((((((",
                "a 'b",
                "a \"b $(c",
                "${",
                "$((",
                "<<",
                "<<EOF",
                "function",
                "x() (",
                ")))",
                "}}",
                "; ;; &",
                "[[ a",
                "case $x in a) b;; c",
                "`",
                "\\",
                "a=(b c",
                "|||",
                "while while while",
                "do done do",
                "${a:-${b:-${c}}}",
                "<(",
                "\u0000\u0001",
                "if a; then b; else")) {
            assertThat(commands(broken + "\n", "after")).as(broken).isNotNull();
        }
        assertThat(named(commands(")))", "}}", ";;", "after"), "after").line()).isEqualTo(4);
    }

    @Test
    void a_script_that_is_nested_too_deep_or_very_long_ends() {
        assertThat(commands("(".repeat(100_000))).hasSizeLessThan(2);
        assertThat(commands("$(".repeat(100_000))).isNotNull();
        assertThat(commands("if a; then ".repeat(50_000))).isNotEmpty();
        assertThat(commands("a ".repeat(500_000))).hasSize(1);
        assertThat(commands("a && ".repeat(20_000))).isNotEmpty();
    }
}
