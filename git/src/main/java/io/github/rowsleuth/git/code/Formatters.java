package io.github.rowsleuth.git.code;

import java.util.List;
import java.util.Set;

/** Functions that fill in the places of their first argument. */
final class Formatters {

    private static final Set<String> NAMES = Set.of(
            "format",
            "Format",
            "sprintf",
            "Sprintf",
            "vsprintf",
            "Errorf",
            "formatted",
            "FormattableString",
            "format!");

    private Formatters() {}

    static boolean formats(String name) {
        return NAMES.contains(name);
    }

    /** Fills in the string that was read first in the call. */
    static void fill(List<Literal> literals, Frame call) {
        List<Argument> rest = call.arguments.isEmpty() ? List.of() : call.arguments.subList(1, call.arguments.size());
        if (rest.isEmpty() || call.arguments.get(0).literals().isEmpty()) {
            return;
        }
        Literal first = literals.get(call.firstLiteral);
        literals.set(
                call.firstLiteral,
                new Literal(
                        Places.fill(first.text(), rest),
                        first.calls(),
                        first.target(),
                        first.block(),
                        first.bare(),
                        first.start()));
    }
}
