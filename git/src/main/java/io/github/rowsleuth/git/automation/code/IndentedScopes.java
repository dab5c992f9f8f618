package io.github.rowsleuth.git.automation.code;

import io.github.rowsleuth.git.automation.code.CodeFile.Place;
import io.github.rowsleuth.git.automation.code.CodeFile.Test;
import io.github.rowsleuth.git.automation.code.CodeToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the blocks of languages that show them by indentation: Python, and Ruby as people write it. */
final class IndentedScopes {

    private static final int MAX_TESTS = 8;
    private static final int MAX_DEPTH = 150;
    private static final Pattern WAITS = Pattern.compile(
            "(?i)\\.(?:get|post|put|patch|delete|route|head|options|websocket|command|task|errorhandler|on_event|event"
                    + "|middleware|exception_handler|listens_for|receiver|callback|group)\\b");
    private static final Set<String> LEAVING = Set.of("return", "raise", "exit", "abort", "pass", "sys", "quit");

    /** A block: what opened it, and how far its opening stands in. */
    private static final class Block {
        final String kind;
        final int column;
        final String name;
        final List<Test> tests = new ArrayList<>();
        boolean main;
        boolean never;
        boolean leaves;
        int headerFrom;
        int headerTo;
        int token;
        int line;
        int firstToken;
        String decorators = "";

        Block(String kind, int column, String name) {
            this.kind = kind;
            this.column = column;
            this.name = name;
        }
    }

    private final List<CodeToken> tokens;
    private final Scopes scopes;
    private final Deque<Block> open = new ArrayDeque<>();
    private final Block root = new Block("file", -1, "");
    private Optional<Block> lastTest = Optional.empty();
    private int lastLine;
    private int decorated = -1;

    IndentedScopes(List<CodeToken> tokens) {
        this.tokens = tokens;
        this.scopes = new Scopes(tokens.size());
    }

    Scopes mark() {
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).kind() == Kind.LINE_END) {
                if (i > from) {
                    line(from, i);
                }
                from = i + 1;
            }
        }
        closeTo(-1);
        return scopes;
    }

    /** A line that belongs together, with what it opens. */
    private void line(int from, int to) {
        CodeToken first = tokens.get(from);
        closeTo(open.size() < MAX_DEPTH ? first.column() : 0);
        leaving(first);
        Place place = place();
        for (int i = from; i < to; i++) {
            scopes.mark(i, place);
        }
        lastLine = tokens.get(to - 1).line();
        int keyword = first.isName("async") ? from + 1 : from;
        String word = tokens.get(Math.min(keyword, to - 1)).text();
        if (first.text().startsWith("@") && first.kind() == Kind.NAME) {
            decorated = decorated < 0 ? from : decorated;
            return;
        }
        switch (word) {
            case "def", "class", "module" -> function(word, keyword, from, to);
            case "if", "elif", "else", "while", "elsif", "unless" -> test(word, from, to);
            default -> {
                if (tokens.get(to - 1).is(':') || tokens.get(to - 1).isName("do")) {
                    open.push(new Block("other", first.column(), ""));
                }
            }
        }
        decorated = -1;
    }

    private void function(String word, int keyword, int from, int to) {
        int at = keyword + 1;
        String name = at < to ? tokens.get(at).text() : "";
        if (name.equals("self") && at + 2 < to) {
            name = tokens.get(at + 2).text();
        }
        Block block = new Block(word, tokens.get(from).column(), name);
        block.token = keyword;
        block.firstToken = decorated < 0 ? from : decorated;
        block.decorators = decorated < 0 ? "" : Scopes.text(tokens, decorated, from);
        block.line = tokens.get(from).line();
        open.push(block);
    }

    private void test(String word, int from, int to) {
        Block block = new Block("test", tokens.get(from).column(), word);
        block.headerFrom = from + 1;
        block.headerTo = tokens.get(to - 1).is(':') ? to - 1 : to;
        if (word.equals("else") || word.equals("elif") || word.equals("elsif")) {
            lastTest.filter(b -> b.column == block.column).ifPresent(before -> {
                Scopes.telling(tokens, before.headerFrom, before.headerTo, true).ifPresent(block.tests::add);
            });
        }
        if (block.headerTo > block.headerFrom) {
            String text = Scopes.text(tokens, block.headerFrom, block.headerTo);
            block.main = (text.contains("__name__") && text.contains("__main__"))
                    || (text.contains("__FILE__") && text.contains("$0"));
            block.never =
                    text.equals("False") || text.equals("0") || text.equals("false") || text.endsWith("TYPE_CHECKING");
            if (!block.main) {
                Scopes.telling(tokens, block.headerFrom, block.headerTo, word.equals("unless"))
                        .ifPresent(block.tests::add);
            }
        }
        open.push(block);
    }

    private void closeTo(int column) {
        while (!open.isEmpty() && open.peek().column >= column) {
            Block closed = open.pop();
            if (closed.kind.equals("def") && function() == root) {
                scopes.functions()
                        .add(new Scopes.Found(
                                qualified(closed), closed.token, closed.line, lastLine, closed.firstToken));
            }
            if (closed.kind.equals("test")) {
                lastTest = Optional.of(closed);
                if (closed.leaves && closed.name.equals("if")) {
                    Block around = function();
                    Scopes.telling(tokens, closed.headerFrom, closed.headerTo, true)
                            .ifPresent(around.tests::add);
                }
            }
        }
    }

    /** Notes that a branch leaves the function, so that what follows is under the opposite test. */
    private void leaving(CodeToken first) {
        Block block = open.peek();
        if (block != null && block.kind.equals("test") && first.kind() == Kind.NAME) {
            block.leaves = LEAVING.contains(first.text()) && !first.text().equals("pass");
        }
    }

    private Block function() {
        return open.stream().filter(b -> b.kind.equals("def")).findFirst().orElse(root);
    }

    /** Whether a function within another only waits for a request or an event. */
    private static boolean waits(String decorators) {
        return !decorators.isEmpty()
                && !decorators.contains("startup")
                && WAITS.matcher(decorators).find();
    }

    private String qualified(Block closed) {
        return open.stream()
                .filter(b -> b.kind.equals("class"))
                .findFirst()
                .map(b -> b.name + "." + closed.name)
                .orElse(closed.name);
    }

    private Place place() {
        List<Test> tests = new ArrayList<>(root.tests);
        String function = "";
        String owner = "";
        boolean main = false;
        boolean deferred = false;
        Optional<String> dead = Optional.empty();
        for (Iterator<Block> outwards = open.descendingIterator(); outwards.hasNext(); ) {
            Block block = outwards.next();
            tests.addAll(block.tests);
            main |= block.main;
            if (block.never) {
                dead = Optional.of("never true: " + Scopes.text(tokens, block.headerFrom, block.headerTo));
            }
            if (block.kind.equals("class") && function.isEmpty()) {
                owner = block.name + ".";
            }
            if (block.kind.equals("def")) {
                deferred |= !function.isEmpty() && waits(block.decorators);
                function = function.isEmpty() ? owner + block.name : function;
            }
        }
        return new Place(function, main, deferred, tests.subList(0, Math.min(tests.size(), MAX_TESTS)), dead);
    }
}
