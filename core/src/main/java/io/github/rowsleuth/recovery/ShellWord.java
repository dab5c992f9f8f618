package io.github.rowsleuth.recovery;

/** Writes a text so that a POSIX shell takes it as one word, whatever stands in it. */
final class ShellWord {

    private ShellWord() {}

    static String of(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
