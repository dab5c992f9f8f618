package io.github.rowsleuth.git.destruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

class ExaminerTest {

    private static List<String> statements(Language language, String... lines) {
        Examiner examiner = new Examiner(new ModelNames(), new TestDatabases());
        StoredFile file = new StoredFile("scripts/x", ObjectId.zeroId());
        return examiner.examine(file, language, String.join("\n", lines)).statements().stream()
                .map(s -> s.line() + " " + s.statement() + (s.reach() == CodeStatement.Reach.WRITTEN ? " written" : ""))
                .toList();
    }

    @Test
    void python_documentation_and_comments_hold_no_statement() {
        assertThat(statements(
                        Language.PYTHON,
                        "def f():",
                        "    \"\"\"",
                        "    DELETE FROM a",
                        "    \"\"\"",
                        "    # 'DELETE FROM b'",
                        "    return 'Delete from the list what you like'"))
                .isEmpty();
    }

    @Test
    void python_files_that_are_broken_are_read_as_far_as_they_go() {
        assertThat(statements(Language.PYTHON, "x = 'never closed", "db.execute('DELETE FROM a')", "y = ((("))
                .containsExactly("2 DELETE a");
    }

    @Test
    void a_list_of_statements_that_a_loop_writes_is_written_and_one_that_it_executes_is_executed() {
        assertThat(statements(
                        Language.PYTHON,
                        "out = ['DROP TABLE a']",
                        "for line in out:",
                        "    f.write(line)",
                        "todo = ['DROP TABLE b']",
                        "for s in todo:",
                        "    print(s)",
                        "    cur.execute(s)"))
                .containsExactly("1 DROP TABLE a written", "4 DROP TABLE b");
    }

    @Test
    void javascript_templates_and_added_strings_are_statements_and_classes_of_style_sheets_are_not() {
        assertThat(statements(
                        Language.TYPESCRIPT,
                        "// 'DROP TABLE c'",
                        "await db.query(`DELETE FROM ${table}",
                        "  WHERE id = ${id}`);",
                        "const s = 'TRUNCATE ' +",
                        "  'a';",
                        "const r = /'/.test(x);",
                        "console.log('DROP TABLE d');",
                        "return <p className=\"truncate text-sm\" />;"))
                .containsExactly("2 DELETE ${table}", "4 TRUNCATE a", "7 DROP TABLE d written");
    }

    @Test
    void java_text_blocks_and_annotations_are_statements() {
        assertThat(statements(
                        Language.JAVA,
                        "char c = '\"';",
                        "@Query(\"delete from orders\")",
                        "void a() { jdbc.update(\"\"\"",
                        "    DELETE FROM a",
                        "    \"\"\"); }"))
                .containsExactly("2 DELETE orders", "4 DELETE a");
    }

    @Test
    void ruby_and_php_here_documents_and_raw_strings_of_go_are_statements() {
        assertThat(statements(Language.RUBY, "execute <<~SQL", "  DELETE FROM a", "SQL", "execute \"DROP TABLE #{b}\""))
                .containsExactly("2 DELETE a", "4 DROP TABLE #{b}");
        assertThat(statements(
                        Language.PHP,
                        "<?php",
                        "$db->exec(<<<SQL",
                        "DELETE FROM a",
                        "SQL);",
                        "$q = 'DROP ' . 'TABLE b';"))
                .containsExactly("3 DELETE a", "5 DROP TABLE b");
        assertThat(statements(Language.GO, "db.Exec(`", "TRUNCATE a`)")).containsExactly("2 TRUNCATE a");
        assertThat(statements(Language.CSHARP, "db.Execute(@\"DELETE", "FROM a\");"))
                .containsExactly("1 DELETE a");
    }
}
