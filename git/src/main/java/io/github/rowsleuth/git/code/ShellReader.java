package io.github.rowsleuth.git.code;

import io.github.rowsleuth.git.code.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the commands of a shell script, and under which conditions each runs. */
public final class ShellReader {

    private static final Set<String> WORDS_BEFORE = Set.of("then", "do", "else", "!", "time", "{");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?s)(?:export\\s+|local\\s+|readonly\\s+)?([A-Za-z_]\\w*)\\+?=(.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)");
    private static final Pattern WHOLE_VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]\\w*)[^}]*}?");
    private static final Pattern BARE_WORD =
            Pattern.compile("(?<=(?:!=|[^!<>=]=|==)\\s)[A-Za-z][\\w-]*(?=$|[\\s;)\\]])");
    private static final Pattern SINGLE_BRACKET = Pattern.compile("(?<![^\\s!(])\\[(?=\\s)|(?<=\\s)](?![^\\s;)])");
    /** What a variable holds that a person gives a value. */
    private static final String TYPED = "input()";

    private static final int LONGEST_CONDITION = 600;
    private static final int DEEPEST = 12;

    private final Tokens tokens;
    private final Blocks blocks = new Blocks();
    private final Names names = new Names();
    private final List<Command> commands = new ArrayList<>();
    private final int depth;
    private int at;
    private int conditionFrom = -1;
    private String caseSubject = "";
    /** The cases that are open, and whether one of their patterns is. */
    private final Deque<Boolean> cases = new ArrayDeque<>();

    private ShellReader(String source, int firstLine, int depth) {
        this.tokens = new ShellLexer(source, firstLine).read();
        this.depth = depth;
    }

    /**
     * A script that was read.
     *
     * @param commands its commands
     * @param program the same as a program: each command a call, each quoted word and each text it is fed with a string
     */
    public record Script(List<Command> commands, Program program) {}

    /**
     * {@return the commands of a script}
     *
     * @param source the script
     * @param firstLine the line that it begins on
     */
    public static Script read(String source, int firstLine) {
        return new ShellReader(source, firstLine, 0).run();
    }

    private Script run() {
        while (at < tokens.size()) {
            statement();
        }
        while (blocks.current() != blocks.file()) {
            blocks.close(tokens.source().length());
        }
        return new Script(commands, new ShellProgram(tokens, blocks.file(), names, commands).program());
    }

    private Token token() {
        return tokens.get(at);
    }

    private void statement() {
        Token token = token();
        if (token.is(Kind.NEWLINE) || token.symbol(";") || token.symbol("&")) {
            at++;
            blocks.endStatement(token.start());
        } else if (token.is(Kind.SYMBOL)) {
            bracket(token);
        } else if (!keyword(token)) {
            command();
        }
    }

    private void bracket(Token token) {
        at++;
        switch (token.text()) {
            case "&&", "||" -> {}
            case ";;" -> {
                blocks.endStatement(token.start());
                endPattern(token);
            }
            case "{", "(" -> open(new Heads.Head(Block.Kind.OTHER, "", ""), token);
            case "}", ")" -> {
                blocks.endStatement(token.start());
                if (blocks.current() != blocks.file()) {
                    blocks.close(token.end());
                }
            }
            default -> {}
        }
    }

    private void open(Heads.Head head, Token token) {
        blocks.open(head, token.start(), token.line());
    }

    private boolean keyword(Token token) {
        if (!token.is(Kind.WORD)) {
            return false;
        }
        switch (token.text()) {
            case "if", "while", "until" -> {
                at++;
                conditionFrom = at;
            }
            case "elif" -> {
                blocks.close(token.start());
                at++;
                conditionFrom = at;
            }
            case "then" -> branch(token);
            case "do" -> {
                at++;
                open(new Heads.Head(Block.Kind.LOOP, "", condition()), token);
            }
            case "else" -> {
                at++;
                blocks.close(token.start());
                open(new Heads.Head(Block.Kind.ELSE, "", ""), token);
            }
            case "fi", "done" -> {
                at++;
                blocks.close(token.end());
            }
            case "esac" -> {
                at++;
                endPattern(token);
                if (!cases.isEmpty()) {
                    cases.pop();
                }
            }
            case "for", "select" -> loop();
            case "case" -> subject();
            case "function" -> at++;
            default -> {
                return pattern(token) || function(token);
            }
        }
        return true;
    }

    private void branch(Token token) {
        at++;
        open(new Heads.Head(Block.Kind.BRANCH, "", condition()), token);
    }

    private String condition() {
        if (conditionFrom < 0 || conditionFrom >= tokens.size()) {
            return "";
        }
        int from = tokens.get(conditionFrom).start();
        int to = Math.max(from, Math.min(tokens.get(at - 1).start(), from + LONGEST_CONDITION));
        conditionFrom = -1;
        return plain(
                tokens.source().substring(from, to).replaceAll("[;\\s]+$", "").strip());
    }

    /** A condition without the brackets of the command {@code [}, its bare words as the strings that they are. */
    private static String plain(String condition) {
        String inner = SINGLE_BRACKET.matcher(condition).replaceAll("");
        return BARE_WORD.matcher(inner).replaceAll("\"$0\"");
    }

    private void loop() {
        at++;
        String variable = token().text();
        at++;
        while (at < tokens.size() && !token().word("do") && !token().is(Kind.NEWLINE) && !token().symbol(";")) {
            if (!token().word("in") && !token().is(Kind.SYMBOL)) {
                String value = token().value().toString();
                Matcher list = WHOLE_VARIABLE.matcher(value);
                if (list.matches()) {
                    names.alias(variable, list.group(1));
                } else {
                    names.constant(variable, value);
                }
            }
            at++;
        }
    }

    private void subject() {
        at++;
        cases.push(false);
        caseSubject = token().text();
        while (at < tokens.size() && !token().word("in")) {
            at++;
        }
        at++;
    }

    /** The pattern of a case, up to its parenthesis. */
    private boolean pattern(Token token) {
        int end = at;
        while (end < tokens.size()
                && end < at + 12
                && !tokens.get(end).symbol(")")
                && !tokens.get(end).is(Kind.NEWLINE)) {
            if (tokens.get(end).symbol("(") || tokens.get(end).symbol(";")) {
                return false;
            }
            end++;
        }
        if (cases.isEmpty() || cases.getFirst() || !tokens.get(end).symbol(")")) {
            return false;
        }
        cases.pop();
        cases.push(true);
        String condition = caseSubject + " = "
                + tokens.source().substring(token.start(), tokens.get(end).start());
        open(new Heads.Head(Block.Kind.BRANCH, "", condition), token);
        at = end + 1;
        return true;
    }

    private void endPattern(Token token) {
        if (!cases.isEmpty() && cases.getFirst()) {
            blocks.close(token.start());
            cases.pop();
            cases.push(false);
        }
    }

    private boolean function(Token token) {
        boolean parentheses =
                tokens.get(at + 1).symbol("(") && tokens.get(at + 2).symbol(")");
        boolean keyword = tokens.get(at - 1).word("function");
        int brace = at + (parentheses ? 3 : 1);
        while (tokens.get(brace).is(Kind.NEWLINE) && brace < tokens.size()) {
            brace++;
        }
        if ((!parentheses && !keyword)
                || !(tokens.get(brace).symbol("{") || tokens.get(brace).symbol("("))) {
            return false;
        }
        open(new Heads.Head(Block.Kind.FUNCTION, token.text(), ""), token);
        at = brace + 1;
        return true;
    }

    /** Reads one pipeline, and the conditions that {@code &&} and {@code ||} make of the commands before. */
    private void command() {
        List<Command> pipeline = new ArrayList<>();
        int start = at;
        boolean piped = true;
        while (piped) {
            simple().ifPresent(pipeline::add);
            piped = token().symbol("|") || token().symbol("|&");
            at += piped ? 1 : 0;
            while (piped && token().is(Kind.NEWLINE) && at < tokens.size()) {
                at++;
            }
        }
        add(pipeline);
        if (at == start) {
            at++;
        }
        if (token().symbol("&&") || token().symbol("||")) {
            andOr(start);
        }
    }

    private void andOr(int start) {
        int from = tokens.get(start).start();
        int to = Math.max(from, Math.min(token().start(), from + LONGEST_CONDITION));
        String before = plain(tokens.source().substring(from, to).strip());
        String condition = token().symbol("&&") ? before : "not (" + before + ")";
        blocks.openPassing(new Heads.Head(Block.Kind.BRANCH, "", condition), token().start(), token().line());
        at++;
        while (token().is(Kind.NEWLINE) && at < tokens.size()) {
            at++;
        }
    }

    private void add(List<Command> pipeline) {
        for (int i = 0; i < pipeline.size(); i++) {
            Command c = pipeline.get(i);
            List<String> rest = pipeline.subList(i + 1, pipeline.size()).stream()
                    .map(later -> names.program(later.texts()))
                    .toList();
            Command whole = new Command(c.words(), c.input(), rest, c.output(), c.block(), c.start());
            commands.add(whole);
            exits(whole);
            nested(whole);
        }
    }

    private void exits(Command command) {
        if (Set.of("exit", "return", "die", "fail", "abort", "break", "continue")
                .contains(command.name())) {
            blocks.current().exits();
        }
    }

    /** What a trap runs, and what another shell is given to run. */
    private void nested(Command command) {
        List<String> words = command.texts();
        boolean trap = command.name().equals("trap") && words.size() > 1;
        int flag = words.indexOf("-c");
        boolean shell = Set.of("bash", "sh", "zsh", "eval").contains(command.name())
                && (flag > 0 || command.name().equals("eval"));
        int script = trap ? 1 : shell ? Math.max(1, flag + 1) : -1;
        if (script > 0 && script < words.size() && depth < DEEPEST) {
            if (trap) {
                open(new Heads.Head(Block.Kind.FAILURE, "", ""), tokens.get(Math.min(at, tokens.size() - 1)));
            }
            CodeText text = command.words().get(script);
            for (Command inner : new ShellReader(text.toString(), text.lineAt(0), depth + 1)
                    .run()
                    .commands()) {
                commands.add(new Command(
                        inner.words(),
                        inner.input(),
                        inner.pipeline(),
                        inner.output(),
                        blocks.current(),
                        command.start()));
            }
            if (trap) {
                blocks.close(token().start());
            }
        }
    }

    private Optional<Command> simple() {
        List<CodeText> words = new ArrayList<>();
        Optional<CodeText> input = Optional.empty();
        String output = "";
        int start = token().start();
        boolean heredoc = false;
        while (at < tokens.size() && !ends(token())) {
            Token token = token();
            if (token.symbol("<<")) {
                heredoc = true;
            } else if (token.symbol("<<<")) {
                at++;
                input = Optional.of(token().value());
            } else if (Set.of(">", ">>", ">|", "&>").contains(token.text()) && token.is(Kind.SYMBOL)) {
                at++;
                output = token().value().toString();
            } else if (Set.of("<", ">&", "<&", "<(").contains(token.text()) && token.is(Kind.SYMBOL)) {
                at++;
            } else if (words.isEmpty() && (WORDS_BEFORE.contains(token.text()) || assignment(token))) {
                start = tokens.get(at + 1).start();
            } else {
                words.add(token.value());
            }
            at++;
        }
        if (heredoc) {
            input = body();
        }
        declared(words);
        return words.isEmpty() && input.isEmpty()
                ? Optional.empty()
                : Optional.of(new Command(words, input, List.of(), output, blocks.current(), start));
    }

    private static boolean ends(Token token) {
        return token.is(Kind.NEWLINE)
                || (token.is(Kind.SYMBOL)
                        && Set.of(";", "&", "&&", "||", "|", "|&", ")", ";;", "(", "}", "{")
                                .contains(token.text()));
    }

    /** The text of a here-document stands behind the line that names it. */
    private Optional<CodeText> body() {
        for (int i = at; i < tokens.size() && i < at + 200; i++) {
            if (tokens.get(i).string() && tokens.get(i).text().equals("<<")) {
                Token body = tokens.all().get(i);
                tokens.all().set(i, new Token(Kind.NEWLINE, "", CodeText.EMPTY, body.line(), body.start(), body.end()));
                return Optional.of(body.value());
            }
        }
        return Optional.empty();
    }

    private boolean assignment(Token token) {
        Matcher matcher = ASSIGNMENT.matcher(token.value().toString());
        if (!matcher.matches()) {
            return false;
        }
        names.assigned(matcher.group(1), matcher.group(2));
        names.constant(matcher.group(1), matcher.group(2));
        if (tokens.get(at + 1).symbol("(") && tokens.get(at + 1).start() == token.end()) {
            list(matcher.group(1));
        }
        return true;
    }

    /** {@code TABLES=(users orders)}. */
    private void list(String name) {
        names.forget(name);
        at += 2;
        while (at < tokens.size() && !token().symbol(")")) {
            if (!token().is(Kind.NEWLINE)) {
                names.constant(name, token().value().toString());
            }
            at++;
        }
    }

    /** {@code export A=b}, {@code read -p … A}: names, and where what they stand for comes from. */
    private void declared(List<CodeText> words) {
        String command = words.isEmpty() ? "" : words.get(0).toString();
        if (Set.of("export", "local", "readonly", "declare", "typeset").contains(command)) {
            for (CodeText word : words) {
                Matcher matcher = ASSIGNMENT.matcher(word.toString());
                if (matcher.matches()) {
                    names.assigned(matcher.group(1), matcher.group(2));
                    names.constant(matcher.group(1), matcher.group(2));
                }
            }
        } else if (command.equals("read")) {
            for (CodeText word : words.subList(1, words.size())) {
                if (word.toString().matches("[A-Za-z_]\\w*")) {
                    names.assigned(word.toString(), TYPED);
                }
            }
            if (words.stream()
                    .noneMatch(w -> w.toString().matches("[A-Za-z_]\\w*")
                            && !w.toString().equals("read"))) {
                names.assigned("REPLY", TYPED);
            }
        }
        for (CodeText word : words) {
            Matcher used = VARIABLE.matcher(word.toString());
            while (used.find()) {
                names.passed(
                        names.program(words.stream().map(CodeText::toString).toList()), used.group(1));
            }
        }
    }
}
