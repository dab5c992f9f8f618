package io.github.rowsleuth;

/** Makes text of a foreign origin safe to print: nothing in it can move the cursor, colour, or turn the line around. */
final class Printable {

    private Printable() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (harmless(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }

    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
