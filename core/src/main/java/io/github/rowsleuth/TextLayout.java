package io.github.rowsleuth;

/** Lays out labelled paragraphs with a hanging indent. */
final class TextLayout {

    private static final int WIDTH = 120;
    private static final int INDENT = 10;

    private final StringBuilder out = new StringBuilder();
    private String lastLabel = "";

    void headline(String left, String right) {
        int gap = Math.max(2, WIDTH - left.length() - right.length());
        out.append(Printable.of(left)).append(" ".repeat(gap)).append(right).append('\n');
    }

    void section(String title) {
        lastLabel = "";
        out.append('\n').append(title).append('\n');
    }

    /** A label that repeats the one above it is left blank. */
    void entry(String label, String text) {
        String shown = label.equals(lastLabel) ? "" : label;
        lastLabel = label;
        String lead = shown + " ".repeat(Math.max(1, INDENT - shown.length()));
        wrap(lead, Printable.of(text));
    }

    void line(String text) {
        wrap("", Printable.of(text));
    }

    private void wrap(String lead, String text) {
        StringBuilder line = new StringBuilder(lead);
        int from = 0;
        while (from < text.length()) {
            int room = Math.max(20, WIDTH - line.length());
            int to = text.length() - from <= room ? text.length() : breakAt(text, from, room);
            line.append(text, from, to);
            out.append(line.toString().stripTrailing()).append('\n');
            from = to < text.length() && text.charAt(to) == ' ' ? to + 1 : to;
            line = new StringBuilder(" ".repeat(INDENT));
        }
    }

    private static int breakAt(String text, int from, int room) {
        int blank = text.lastIndexOf(' ', from + room);
        if (blank > from) {
            return blank;
        }
        int next = text.indexOf(' ', from);
        return next < 0 ? text.length() : next;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
