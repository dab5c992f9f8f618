package io.github.rowsleuth.git.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strings of Java held against those that the compiler's own parser reads, by line and text. */
class JavaStringsTest {

    private static final int LEAST = 5_000;

    @TempDir
    Path folder;

    @Test
    void strings_of_this_project_are_those_of_the_compiler() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("..").toRealPath())) {
            files = all.filter(
                            p -> p.toString().endsWith(".java") && p.toString().contains("/src/"))
                    .sorted()
                    .toList();
        }
        assertThat(compared(files)).isGreaterThan(LEAST);
    }

    @Test
    void escapes_and_text_blocks_are_those_of_the_compiler() throws IOException {
        String quotes = "\"\"\"";
        Path file = Files.writeString(
                folder.resolve("A.java"),
                String.join(
                        "\n",
                        "class A {",
                        "  char quote = '\"', apostrophe = '\\'', slash = '\\\\';",
                        "  String a = \"\\t\\b\\n\\r\\f\\s\\0\\12\\377\\1234\\\"\\'\\\\\" /* \"no\" */ + \"x\"; // \"no\"",
                        "  String b = \"\\u0041\\uuu00e9\\ud83d\\ude00\" + '\"' + \"after\";",
                        "  String c = " + quotes,
                        "      one \"two\" \\" + quotes + "",
                        "        three \\",
                        "      four\\s  ",
                        "    \t five\\tsix",
                        "      ",
                        "      " + quotes + ".strip();",
                        "  String d = " + quotes + "   ",
                        "    a\\nb" + quotes + ";",
                        "  int e = f(\"//\", \"/*\") / 2; String g = \"*/\";",
                        "}",
                        ""));
        assertThat(compared(List.of(file))).isEqualTo(9);
    }

    /** How many strings there are; each file must have the same ones for both. */
    private static int compared(List<Path> files) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        int strings = 0;
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    problem -> {},
                    List.of("-XDallowStringFolding=false", "-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree unit : task.parse()) {
                List<String> expected = ofCompiler(unit, task);
                assertThat(ours(Files.readString(Path.of(unit.getSourceFile().toUri()))))
                        .as(unit.getSourceFile().getName())
                        .isEqualTo(expected);
                strings += expected.size();
            }
        }
        return strings;
    }

    private static List<String> ofCompiler(CompilationUnitTree unit, JavacTask task) {
        List<String> found = new ArrayList<>();
        new TreeScanner<Void, List<String>>() {
            @Override
            public Void visitLiteral(LiteralTree literal, List<String> into) {
                if (literal.getKind() == Tree.Kind.STRING_LITERAL) {
                    long start = Trees.instance(task).getSourcePositions().getStartPosition(unit, literal);
                    into.add(unit.getLineMap().getLineNumber(start) + " " + literal.getValue());
                }
                return super.visitLiteral(literal, into);
            }
        }.scan(unit, found);
        return found.stream().sorted().toList();
    }

    private static List<String> ours(String source) {
        return Language.JAVA.tokens(source).all().stream()
                .filter(Token::string)
                .map(t -> t.line() + " " + t.value())
                .sorted()
                .toList();
    }
}
