package io.github.rowsleuth.git.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The blocks that are open at a place of a program. */
final class Blocks {

    private static final int DEEPEST = 400;

    private final Block file = Block.file();
    private final Deque<Block> open = new ArrayDeque<>();
    /** Blocks too deep to be told apart, and blocks that end with their statement. */
    private int beyond;

    private int passing;
    private String lastCondition = "";

    Blocks() {
        open.push(file);
    }

    Block file() {
        return file;
    }

    Block current() {
        return open.getFirst();
    }

    int depth() {
        return open.size() + beyond;
    }

    void open(Heads.Head head, int start, int line) {
        if (open.size() >= DEEPEST) {
            beyond++;
            return;
        }
        String condition = head.kind() == Block.Kind.ELSE ? lastCondition : head.condition();
        open.push(new Block(head.kind(), head.name(), condition, Optional.of(current()), start, line));
    }

    void close(int end) {
        if (beyond > 0) {
            beyond--;
        } else if (open.size() > 1) {
            Block closed = open.pop();
            closed.close(end);
            if (closed.kind() == Block.Kind.BRANCH) {
                lastCondition = closed.condition();
            }
        }
    }

    /** Opens a block that ends with the statement at hand. */
    void openPassing(Heads.Head head, int start, int line) {
        open(head, start, line);
        passing++;
    }

    void endStatement(int at) {
        for (; passing > 0; passing--) {
            close(at);
        }
    }

    /** Takes the passing blocks aside while an inner list of statements is read. */
    int suspend() {
        int kept = passing;
        passing = 0;
        return kept;
    }

    void resume(int kept) {
        passing = kept;
    }
}
