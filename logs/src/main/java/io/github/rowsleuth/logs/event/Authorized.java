package io.github.rowsleuth.logs.event;

/** {@code user=… database=… application_name=… SSL enabled (…)}: values are not quoted, so the keys delimit them. */
final class Authorized {

    private static final String[] KEYS = {" database=", " application_name=", " SSL enabled", " GSS (", " identity="};

    private Authorized() {}

    static void learn(String text, Identity identity) {
        learn('u', "user=", text, identity);
        learn('d', " database=", text, identity);
        learn('a', " application_name=", text, identity);
    }

    private static void learn(char letter, String key, String text, Identity identity) {
        int at = text.indexOf(key);
        if (at < 0) {
            return;
        }
        int from = at + key.length();
        int to = text.length();
        for (String next : KEYS) {
            int end = text.indexOf(next, from);
            to = end >= 0 && end < to ? end : to;
        }
        if (to > from) {
            identity.learn(letter, text.substring(from, to));
        }
    }
}
