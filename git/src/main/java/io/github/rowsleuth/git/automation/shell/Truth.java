package io.github.rowsleuth.git.automation.shell;

import io.github.rowsleuth.git.automation.tree.Glob;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a test comes out the same way each time, as far as the script itself tells. */
final class Truth {

    private static final Set<String> ENDS = Set.of("]", "]]");

    private Truth() {}

    /** The outcome of a command that is a test, if it is settled; empty for commands that do something. */
    static Optional<Boolean> of(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return switch (words.get(0)) {
            case "true", ":" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case "[", "test" -> compare(words.subList(1, words.size()));
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> compare(List<String> all) {
        List<String> words =
                !all.isEmpty() && ENDS.contains(all.get(all.size() - 1)) ? all.subList(0, all.size() - 1) : all;
        if (words.stream().anyMatch(w -> w.contains("${"))) {
            return Optional.empty();
        }
        if (!words.isEmpty() && words.get(0).equals("!")) {
            return compare(words.subList(1, words.size())).map(b -> !b);
        }
        if (words.size() == 3) {
            String left = words.get(0);
            String right = words.get(2);
            return switch (words.get(1)) {
                case "=", "==", "-eq" -> Optional.of(left.equals(right));
                case "!=", "-ne" -> Optional.of(!left.equals(right));
                default -> Optional.empty();
            };
        }
        if (words.size() == 2) {
            return switch (words.get(0)) {
                case "-z" -> Optional.of(words.get(1).isEmpty());
                case "-n" -> Optional.of(!words.get(1).isEmpty());
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** Whether a pattern of a choice fits, if that is settled. */
    static Optional<Boolean> fits(String subject, String pattern) {
        if (subject.contains("${") || pattern.contains("${")) {
            return Optional.empty();
        }
        return Optional.of(Glob.matches(pattern.replace("*", "**"), subject));
    }
}
