package io.github.rowsleuth.git.automation.tree;

/**
 * Patterns for paths: {@code *} and {@code ?} stay within a part, {@code **} does not, {@code [abc]} is one of them.
 * Matching takes at most the product of both lengths: the two places to come back to are enough.
 */
public final class Glob {

    private Glob() {}

    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    public static boolean matches(String pattern, String path) {
        int p = 0;
        int s = 0;
        int star = -1;
        int starAt = -1;
        int deep = -1;
        int deepAt = -1;
        while (s < path.length()) {
            if (pattern.startsWith("**/", p)) {
                deep = p + 3;
                deepAt = s;
                p = deep;
                star = -1;
            } else if (pattern.startsWith("**", p)) {
                deep = p + 2;
                deepAt = s;
                p = deep;
                star = -1;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = ++p;
                starAt = s;
            } else if (p < pattern.length() && one(pattern, p, path.charAt(s))) {
                p = after(pattern, p);
                s++;
            } else if (star >= 0 && path.charAt(starAt) != '/') {
                p = star;
                s = ++starAt;
            } else if (deep >= 0) {
                star = -1;
                p = deep;
                s = ++deepAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean one(String pattern, int at, char c) {
        char wanted = pattern.charAt(at);
        if (wanted == '?') {
            return c != '/';
        }
        int end = wanted == '[' ? pattern.indexOf(']', at + 1) : -1;
        if (end < 0) {
            return wanted == c;
        }
        boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        boolean found = false;
        for (int i = at + (negated ? 2 : 1); i < end; i++) {
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                found |= c >= pattern.charAt(i) && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= c == pattern.charAt(i);
            }
        }
        return found != negated;
    }

    private static int after(String pattern, int at) {
        int end = pattern.charAt(at) == '[' ? pattern.indexOf(']', at + 1) : -1;
        return end < 0 ? at + 1 : end + 1;
    }
}
