package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of a program stand for, as far as its text says it. */
final class Names {

    private static final int MOST_VALUES = 200;
    private static final int MOST_NAMES = 20_000;
    private static final Pattern HOLE = Pattern.compile("\\{([^{}]{1,200})\\}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    /** Calls whose arguments are the elements of a list. */
    private static final Set<String> LISTS = Set.of(
            "list",
            "tuple",
            "set",
            "frozenset",
            "array",
            "of",
            "listOf",
            "setOf",
            "arrayOf",
            "asList",
            "Set",
            "Array",
            "List",
            "ImmutableList",
            "mutableListOf",
            "copyOf",
            "sorted");

    private final Map<String, List<String>> constants = new HashMap<>();
    private final Map<String, String> assigned = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Set<String>> passedTo = new HashMap<>();

    static String simple(String path) {
        return path.substring(path.lastIndexOf('.') + 1).replace("$", "");
    }

    void constant(String target, String value) {
        if (!target.isEmpty() && (constants.size() < MOST_NAMES || constants.containsKey(simple(target)))) {
            List<String> values = constants.computeIfAbsent(simple(target), t -> new ArrayList<>(1));
            if (values.size() < MOST_VALUES) {
                values.add(value);
            }
        }
    }

    void assigned(String target, String expression) {
        if (!target.isEmpty() && assigned.size() < MOST_NAMES) {
            assigned.put(simple(target), expression);
        }
    }

    void alias(String name, String source) {
        if (aliases.size() < MOST_NAMES) {
            aliases.put(simple(name), source);
        }
    }

    void passed(String call, String word) {
        Set<String> words = passedTo.computeIfAbsent(call, c -> new HashSet<>());
        if (words.size() < MOST_NAMES) {
            words.add(simple(word));
        }
    }

    void forget(String name) {
        constants.remove(name);
    }

    /** The program that a command runs, the value of a variable that stands for one included. */
    String program(List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        if (first.startsWith("$")) {
            String value = assigned.getOrDefault(first.replaceAll("[${}]|\\[.*", ""), "");
            return value.contains("psql") ? "psql" : first;
        }
        boolean client = words.stream().limit(12).anyMatch(w -> w.equals("psql") || w.endsWith("/psql"));
        return client ? "psql" : first.substring(first.lastIndexOf('/') + 1);
    }

    /** Whether a string that stands here is the value of its statement, or an element of a list that is. */
    boolean listed(Deque<Frame> frames) {
        int brackets = 0;
        for (Frame frame : frames) {
            if (frame.statements) {
                return true;
            }
            if (frame.call.isPresent()) {
                if (!LISTS.contains(frame.callName())) {
                    return false;
                }
            } else if (frame.open == 'c' || frame.map || ++brackets > 1) {
                return false;
            }
        }
        return true;
    }

    /** The names that the holes of a text use. */
    static List<String> inHoles(String text) {
        List<String> found = new ArrayList<>();
        if (text.indexOf('{') >= 0) {
            Matcher holes = HOLE.matcher(text);
            while (holes.find()) {
                Matcher names = NAME.matcher(holes.group(1));
                while (names.find()) {
                    found.add(names.group());
                }
            }
        }
        return found;
    }

    Map<String, List<String>> constants() {
        return constants;
    }

    Map<String, String> assigned() {
        return assigned;
    }

    Map<String, String> aliases() {
        return aliases;
    }

    Map<String, Set<String>> passedTo() {
        return passedTo;
    }
}
