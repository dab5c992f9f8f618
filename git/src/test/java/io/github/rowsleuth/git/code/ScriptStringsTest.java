package io.github.rowsleuth.git.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.StringLiteral;
import org.mozilla.javascript.ast.TemplateCharacters;
import org.mozilla.javascript.ast.TemplateLiteral;

/** The strings of generated JavaScript held against those that the parser of Rhino reads, by line and text. */
class ScriptStringsTest {

    private static final int SCRIPTS = 400;
    private static final int LEAST = 5_000;
    private static final int LONGEST_HOLE = 200;

    @Test
    void strings_are_those_of_another_parser() {
        Writer writer = new Writer(new Random(11));
        int strings = 0;
        for (int i = 0; i < SCRIPTS; i++) {
            String script = writer.script();
            List<String> expected = ofRhino(script);
            assertThat(ours(script)).as(script).isEqualTo(expected);
            strings += expected.size();
        }
        assertThat(strings).isGreaterThan(LEAST);
    }

    private static List<String> ofRhino(String script) {
        CompilerEnvirons environment = new CompilerEnvirons();
        environment.setLanguageVersion(Context.VERSION_ES6);
        List<String> found = new ArrayList<>();
        new Parser(environment).parse(script, "script", 1).visit(node -> {
            if (node instanceof StringLiteral string) {
                found.add(line(script, string) + " " + string.getValue());
            } else if (node instanceof TemplateLiteral template) {
                found.add(line(script, template) + " " + text(template, script));
            }
            return true;
        });
        return found.stream().sorted().toList();
    }

    /** Rhino gives the line on which some nodes end, but the place where each begins. */
    private static int line(String script, AstNode node) {
        return 1
                + (int) script.substring(0, node.getAbsolutePosition())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** What a template holds, its expressions as they stand in the script, on one line and shortened. */
    private static String text(TemplateLiteral template, String script) {
        StringBuilder text = new StringBuilder();
        for (AstNode element : template.getElements()) {
            if (element instanceof TemplateCharacters characters) {
                text.append(characters.getValue());
            } else {
                int from = element.getAbsolutePosition();
                String shown =
                        script.substring(from, from + element.getLength()).replace('\n', ' ');
                text.append("${")
                        .append(shown, 0, Math.min(shown.length(), LONGEST_HOLE))
                        .append('}');
            }
        }
        return text.toString();
    }

    private static List<String> ours(String script) {
        return Language.JAVASCRIPT.tokens(script).all().stream()
                .filter(Token::string)
                .map(t -> t.line() + " " + t.value())
                .sorted()
                .toList();
    }

    /** Writes scripts full of what is easily mistaken: divisions and expressions, quotes in comments, templates in templates. */
    private static final class Writer {

        private final Random random;

        Writer(Random random) {
            this.random = random;
        }

        String script() {
            StringBuilder script = new StringBuilder();
            for (int i = random.nextInt(10) + 3; i >= 0; i--) {
                script.append(statement()).append('\n');
            }
            return script.toString();
        }

        private String statement() {
            return pick(
                    "var a = " + expression(3) + ";",
                    "f(" + expression(2) + "," + blank() + expression(2) + ")" + pick("", "[0]") + " / 2;",
                    "if (/['\"`]/.test(" + expression(1) + ")) { g(" + expression(1) + "); } else g(/[/'\"]+/gi);",
                    "var n = (b + 1) / 2, m = c[0] / d / 'e'.length;",
                    "// it's \"not\" one `here",
                    "/* 'nor' \"this\"\n `or` */",
                    "var o = {'quoted key': " + expression(2) + ", plain: " + expression(1) + ", \"other\": /\\//};",
                    "function h(x) { return /it's/.exec(x) || " + expression(2) + "; }",
                    "switch (" + expression(1) + ") { case 'one': break; case \"two\": k(); }",
                    "tag`" + template(1) + "`;",
                    "var list = [" + expression(2) + ", " + expression(1) + ", " + expression(1) + "];");
        }

        private String expression(int depth) {
            if (depth == 0) {
                return quoted();
            }
            return switch (random.nextInt(7)) {
                case 0 -> "x" + random.nextInt(9);
                case 1 -> expression(depth - 1) + blank() + "+" + blank() + expression(depth - 1);
                case 2 -> "`" + template(depth - 1) + "`";
                case 3 -> "call(" + expression(depth - 1) + ")";
                default -> quoted();
            };
        }

        private String template(int depth) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.append(pick(
                        "DELETE FROM ",
                        "it's ",
                        "\"q\" ",
                        "\\`",
                        "\\n",
                        "\n  ",
                        "{x}",
                        "$ ",
                        "\\${no}",
                        "é",
                        "//",
                        "/*"));
                if (random.nextInt(3) == 0) {
                    text.append("${")
                            .append(depth == 0 ? "x.y['k']" : hole(depth))
                            .append('}');
                }
            }
            return text.toString();
        }

        private String hole(int depth) {
            return pick(
                    "x",
                    "x.map(y => `" + template(depth - 1) + "`)",
                    "a / b / c",
                    "{p: {q: 1}}.p",
                    "f('}', \"{\")",
                    "x ? 'y' : `z`");
        }

        private String quoted() {
            String quote = pick("'", "\"");
            StringBuilder text = new StringBuilder(quote);
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(pick(
                        "TRUNCATE t ",
                        "\\n",
                        "\\t",
                        "\\x41",
                        "\\u00e9",
                        "\\u{1F600}",
                        "\\" + quote,
                        quote.equals("'") ? "\"" : "'",
                        "`",
                        "${no}",
                        "//",
                        "/* ",
                        "\\\\",
                        "\\\n",
                        "\\d",
                        "ü",
                        "\\0"));
            }
            return text.append(quote).toString();
        }

        private String blank() {
            return pick(" ", "", "\n", " /* ' */ ", " // \"\n");
        }

        private String pick(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
