package io.github.rowsleuth.git.code;

import java.util.List;

/** A string while it may still grow: others may be joined to it, expressions added, its places filled in. */
final class Pending {

    private static final int LONGEST_HOLE = 200;

    CodeText text = new CodeText();
    final List<String> calls;
    final String target;
    final Block block;
    final boolean bare;
    final int start;
    final boolean name;
    /** Whether a joiner was read last. */
    boolean joining;
    /** The token with which an added expression begins, negative where none does. */
    int hole = -1;
    /** Whether the expression fills in the places of the string. */
    boolean fills;

    Pending(Token token, List<String> calls, String target, Block block, boolean bare) {
        text.append(token.value());
        this.calls = calls;
        this.target = target;
        this.block = block;
        this.bare = bare;
        this.start = token.start();
        this.name = token.text().equals(":") || token.text().equals("%w");
    }

    /** Ends an expression that was added, if one was. */
    void endHole(String source, int from, int to, int line) {
        if (hole < 0) {
            return;
        }
        String shown = source.substring(Math.min(from, to), to)
                .replaceAll("[\\s{}]+", " ")
                .strip();
        if (fills) {
            text = Places.fill(text, Places.split(shown));
        } else if (!shown.isEmpty()) {
            text.append("{" + (shown.length() <= LONGEST_HOLE ? shown : shown.substring(0, LONGEST_HOLE)) + "}", line);
        }
        hole = -1;
        fills = false;
        joining = false;
    }

    Literal literal() {
        return new Literal(text, calls, target, block, bare, start);
    }
}
