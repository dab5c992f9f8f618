package io.github.rowsleuth.git.automation.shell;

import io.github.rowsleuth.git.automation.shell.ShellNode.Arm;
import io.github.rowsleuth.git.automation.shell.ShellNode.Assignment;
import io.github.rowsleuth.git.automation.shell.ShellNode.Branch;
import io.github.rowsleuth.git.automation.shell.ShellNode.Redirect;
import io.github.rowsleuth.git.automation.shell.ShellNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the grammar of POSIX shells and of bash. It never fails: what does not fit is passed over, one character at a
 * time, and what is nested too deep is left out.
 */
final class ShellParser {

    private static final int MAX_DEPTH = 60;
    private static final int MAX_COMMANDS = 20_000;
    private static final int MAX_CHAIN = 100;
    private static final int MAX_WORDS = 2_000;
    private static final int MAX_CONDITION = 160;
    private static final Set<String> ENDS = Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]*");

    private final ShellText text;
    private int depth;
    private int commands;

    private ShellParser(String source, int firstLine) {
        this.text = new ShellText(source, firstLine);
    }

    static Sequence parse(String source, int firstLine) {
        ShellParser parser = new ShellParser(source, firstLine);
        List<ShellNode> parts = new ArrayList<>();
        while (!parser.text.atEnd() && parser.commands < MAX_COMMANDS) {
            int before = parser.text.position();
            parts.addAll(parser.list().parts());
            if (parser.text.position() == before) {
                parser.text.skip(1);
            }
        }
        return new Sequence(parts);
    }

    /** Commands up to a word or sign that ends them. */
    private Sequence list() {
        List<ShellNode> parts = new ArrayList<>();
        if (++depth <= MAX_DEPTH) {
            text.skipBlank(true);
            while (!text.atEnd() && !endsList() && commands < MAX_COMMANDS) {
                int before = text.position();
                parts.add(andOr());
                text.skipSeparators();
                if (text.position() == before) {
                    text.skip(1);
                }
            }
        }
        depth--;
        return new Sequence(parts);
    }

    private boolean endsList() {
        return text.peek() == ')' || text.startsWith(";;") || ENDS.contains(text.peekWord());
    }

    private ShellNode andOr() {
        int start = text.position();
        int line = text.line();
        ShellNode node = pipe();
        text.skipBlank(false);
        for (int i = 0; i < MAX_CHAIN && (text.startsWith("&&") || text.startsWith("||")); i++) {
            boolean and = text.peek() == '&';
            String first = shortened(text.between(start, text.position()));
            text.skip(2);
            text.skipBlank(true);
            node = new ShellNode.AndOr(node, and, pipe(), first, line);
            text.skipBlank(false);
        }
        return node;
    }

    private ShellNode pipe() {
        List<ShellNode> parts = new ArrayList<>();
        text.skipBlank(false);
        if (text.peekWord().equals("!")) {
            text.skip(1);
        }
        parts.add(command());
        text.skipBlank(false);
        while (text.peek() == '|' && !text.startsWith("||")) {
            text.skip(text.startsWith("|&") ? 2 : 1);
            text.skipBlank(true);
            parts.add(command());
            text.skipBlank(false);
        }
        return parts.size() == 1 ? parts.get(0) : new ShellNode.Pipe(parts);
    }

    private ShellNode command() {
        text.skipBlank(false);
        commands++;
        String word = text.peekWord();
        if (depth < MAX_DEPTH) {
            switch (word) {
                case "if" -> {
                    return conditional();
                }
                case "for", "select" -> {
                    return forLoop();
                }
                case "while", "until" -> {
                    return whileLoop(word);
                }
                case "case" -> {
                    return choice();
                }
                case "{" -> {
                    return group('}');
                }
                case "function" -> {
                    return function();
                }
                default -> {
                    if (text.peek() == '(' && !text.startsWith("((")) {
                        return group(')');
                    }
                }
            }
        }
        return simple();
    }

    private ShellNode conditional() {
        List<Branch> branches = new ArrayList<>();
        Optional<ShellNode> otherwise = Optional.empty();
        String word = "if";
        while (word.equals("if") || word.equals("elif")) {
            text.skip(word.length());
            int start = text.position();
            int line = text.line();
            Sequence condition = list();
            String said = shortened(text.between(start, text.position()));
            skipWord("then");
            branches.add(new Branch(said, line, condition, list()));
            word = text.peekWord();
        }
        if (word.equals("else")) {
            text.skip(4);
            otherwise = Optional.of(list());
        }
        skipWord("fi");
        return new ShellNode.If(branches, otherwise);
    }

    private ShellNode forLoop() {
        text.skipWord();
        text.skipBlank(false);
        if (text.startsWith("((")) {
            text.raw("))");
            text.skipSeparators();
            return new ShellNode.For("", List.of(), block());
        }
        String variable = text.peekWord();
        text.skipWord();
        text.skipBlank(true);
        List<Word> items = new ArrayList<>();
        if (text.peekWord().equals("in")) {
            text.skip(2);
            text.skipBlank(false);
            while (!text.atEnd() && ";\n".indexOf(text.peek()) < 0) {
                int before = text.position();
                items.add(text.word());
                text.skipBlank(false);
                if (text.position() == before) {
                    text.skip(1);
                }
            }
        } else {
            items.add(new Word(List.of(new Word.Variable("@", "", "", true))));
        }
        text.skipSeparators();
        return new ShellNode.For(variable, items, block());
    }

    private ShellNode whileLoop(String word) {
        int line = text.line();
        text.skip(word.length());
        int start = text.position();
        Sequence condition = list();
        String said = shortened(text.between(start, text.position()));
        return new ShellNode.While(word.equals("until") ? "not: " + said : said, line, condition, block());
    }

    private ShellNode block() {
        text.skipBlank(true);
        if (text.peekWord().equals("{")) {
            return group('}');
        }
        skipWord("do");
        Sequence body = list();
        skipWord("done");
        return withRedirects(body, false);
    }

    private ShellNode choice() {
        text.skip(4);
        text.skipBlank(false);
        int start = text.position();
        Word subject = text.word();
        String said = shortened(text.between(start, text.position()));
        text.skipBlank(true);
        if (text.peekWord().equals("in")) {
            text.skip(2);
        }
        List<Arm> arms = new ArrayList<>();
        text.skipBlank(true);
        while (!text.atEnd() && !text.peekWord().equals("esac")) {
            int before = text.position();
            arms.add(arm());
            text.skipBlank(true);
            if (text.position() == before) {
                text.skip(1);
            }
        }
        skipWord("esac");
        return new ShellNode.Case(subject, said, arms);
    }

    private Arm arm() {
        int line = text.line();
        if (text.peek() == '(') {
            text.skip(1);
        }
        List<Word> patterns = new ArrayList<>();
        while (!text.atEnd() && text.peek() != ')' && text.peek() != '\n') {
            text.skipBlank(false);
            int before = text.position();
            patterns.add(text.word());
            text.skipBlank(false);
            if (text.peek() == '|' || text.position() == before) {
                text.skip(text.peek() == ')' || text.peek() == '\n' ? 0 : 1);
            }
        }
        if (text.peek() == ')') {
            text.skip(1);
        }
        Sequence body = list();
        while (text.peek() == ';' || text.peek() == '&') {
            text.skip(1);
        }
        return new Arm(patterns, body, line);
    }

    private ShellNode group(char end) {
        text.skip(1);
        Sequence body = list();
        if (text.peek() == end) {
            text.skip(1);
        }
        return withRedirects(body, end == ')');
    }

    private ShellNode withRedirects(Sequence body, boolean subshell) {
        List<Redirect> redirects = new ArrayList<>();
        text.skipBlank(false);
        for (Optional<Redirect> next = text.redirect(); next.isPresent(); next = text.redirect()) {
            redirects.add(next.get());
            text.skipBlank(false);
        }
        return subshell || !redirects.isEmpty() ? new ShellNode.Group(body, subshell, redirects) : body;
    }

    private ShellNode function() {
        int line = text.line();
        text.skipWord();
        text.skipBlank(false);
        String name = text.peekWord();
        text.skipWord();
        text.skipBlank(false);
        if (text.startsWith("()")) {
            text.skip(2);
        }
        text.skipBlank(true);
        return new ShellNode.Function(name, body(), line);
    }

    private ShellNode body() {
        if (depth >= MAX_DEPTH) {
            return new Sequence(List.of());
        }
        depth++;
        ShellNode body = command();
        depth--;
        return body;
    }

    private ShellNode simple() {
        int line = text.line();
        int start = text.position();
        List<Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        while (!text.atEnd()) {
            text.skipBlank(false);
            Optional<Redirect> redirect = text.redirect();
            if (redirect.isPresent()) {
                redirects.add(redirect.get());
            } else if (words.isEmpty() && (text.startsWith("[[ ") || text.startsWith("(("))) {
                words.add(Word.of(text.raw(text.peek() == '[' ? "]]" : "))")));
            } else if (ShellText.endsCommand(text.peek())) {
                break;
            } else if (words.size() >= MAX_WORDS) {
                text.skipLine();
            } else {
                Optional<Assignment> assignment = words.isEmpty() ? assignment() : Optional.empty();
                assignment.ifPresent(assignments::add);
                if (assignment.isEmpty()) {
                    words.add(text.word());
                }
                if (words.size() == 1 && text.startsWith("()")) {
                    return definition(text.between(start, text.position()).strip(), line);
                }
            }
        }
        return new ShellNode.Simple(
                line, assignments, words, redirects, shortened(text.between(start, text.position())));
    }

    private ShellNode definition(String name, int line) {
        text.skip(2);
        text.skipBlank(true);
        ShellNode body = body();
        return new ShellNode.Function(FUNCTION.matcher(name).matches() ? name : "", body, line);
    }

    private Optional<Assignment> assignment() {
        String word = text.peekWord();
        int sign = word.indexOf('=');
        int nameEnd = sign > 0 && word.charAt(sign - 1) == '+' ? sign - 1 : sign;
        if (sign <= 0 || !NAME.matcher(word.substring(0, nameEnd)).matches()) {
            return Optional.empty();
        }
        text.skip(sign + 1);
        List<Word> values = new ArrayList<>();
        if (text.peek() != '(') {
            values.add(text.word());
            return Optional.of(new Assignment(word.substring(0, nameEnd), values));
        }
        text.skip(1);
        text.skipBlank(true);
        while (!text.atEnd() && text.peek() != ')') {
            int before = text.position();
            values.add(text.word());
            text.skipBlank(true);
            if (text.position() == before) {
                text.skip(1);
            }
        }
        text.skip(1);
        return Optional.of(new Assignment(word.substring(0, nameEnd), values));
    }

    private void skipWord(String word) {
        text.skipBlank(true);
        text.skipSeparators();
        if (text.peekWord().equals(word)) {
            text.skip(word.length());
        }
    }

    private static String shortened(String source) {
        String line = source.strip().replaceAll("\\s+", " ");
        line = line.endsWith(";") ? line.substring(0, line.length() - 1).strip() : line;
        return line.length() <= MAX_CONDITION ? line : line.substring(0, MAX_CONDITION) + "…";
    }
}
