package io.github.rowsleuth.git.automation.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Paths with slashes, as text. The root of the repository is the empty path. */
public final class Paths {

    private Paths() {}

    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The name without its last extension. */
    public static String stem(String path) {
        String name = name(path);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** The extension in lower case, without the dot; empty where there is none. */
    public static String extension(String path) {
        String name = name(path);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
    }

    /** Puts a path to a folder and resolves dots; dots that lead out of the root stay at the root. */
    public static String join(String folder, String path) {
        String whole = path.startsWith("/") || folder.isEmpty() ? path : folder + "/" + path;
        if (isPlain(whole)) {
            return whole;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (whole.startsWith("/") ? "/" : "") + String.join("/", parts);
    }

    /** Whether there is nothing to resolve in it: most paths are so, and they are asked about often. */
    private static boolean isPlain(String path) {
        int start = 0;
        for (int at = 0; at <= path.length(); at++) {
            if (at == path.length() || path.charAt(at) == '/') {
                boolean dots = path.startsWith(".", start) && at - start <= 2 && path.charAt(at - 1) == '.';
                if (at == start || dots) {
                    return false;
                }
                start = at + 1;
            }
        }
        return true;
    }

    /** The folder and those above it, the nearest first, the root last. */
    public static List<String> upwards(String folder) {
        List<String> all = new ArrayList<>();
        String at = folder;
        while (!at.isEmpty()) {
            all.add(at);
            at = folder(at);
        }
        all.add("");
        return all;
    }

    /** How many parts two paths share at their beginning. */
    public static int shared(String a, String b) {
        int same = 0;
        int at = 0;
        while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
            same += a.charAt(at) == '/' ? 1 : 0;
            at++;
        }
        boolean whole = (at == a.length() || a.charAt(at) == '/') && (at == b.length() || b.charAt(at) == '/');
        return same + (whole && at > 0 && a.charAt(at - 1) != '/' ? 1 : 0);
    }
}
