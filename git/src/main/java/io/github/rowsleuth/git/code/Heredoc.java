package io.github.rowsleuth.git.code;

/**
 * The body of a here-document.
 *
 * @param end where its text ends, the last line break left out where the language leaves it out
 * @param after behind the closing word
 * @param indent how many blanks its lines lose
 */
record Heredoc(int end, int after, int indent) {

    /**
     * Finds the end of a body: the first line that holds the closing word and nothing before it but blanks.
     *
     * @param from where the body begins
     * @param attached whether something other than a line break may follow the closing word
     */
    static Heredoc of(String source, int from, String word, boolean attached) {
        int line = from;
        while (line < source.length()) {
            int start = line;
            while (start < source.length() && (source.charAt(start) == ' ' || source.charAt(start) == '\t')) {
                start++;
            }
            int end = start + word.length();
            if (source.startsWith(word, start) && ends(source, end, attached)) {
                int bodyEnd = attached && line > from ? line - 1 : line;
                return new Heredoc(bodyEnd, end, start - line);
            }
            int next = source.indexOf('\n', line);
            line = next < 0 ? source.length() : next + 1;
        }
        return new Heredoc(source.length(), source.length(), 0);
    }

    private static boolean ends(String source, int at, boolean attached) {
        if (at >= source.length() || source.charAt(at) == '\n') {
            return true;
        }
        return attached && !Character.isJavaIdentifierPart(source.charAt(at));
    }

    /** Behind the blanks that the line beginning there loses. */
    int afterIndent(String source, int line) {
        int at = line;
        while (at < source.length() && at < line + indent && (source.charAt(at) == ' ' || source.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
