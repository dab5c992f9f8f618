package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.hypothesis.Cause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** One way in which a cause can come about, and what has to be said of it in each cell, written before it was tried. */
final class Variant {

    /** Brings an incident up to the moment before the loss, and tells the stage what the loss will be. */
    @FunctionalInterface
    interface Script {
        void prepare(Stage stage) throws Exception;
    }

    private final Cause cause;
    private final String name;
    private final Script script;
    private final Map<Cell, Expected> expected = new EnumMap<>(Cell.class);
    private String culprit = "";
    private Set<String> guilty = Set.of();

    private Variant(Cause cause, String name, Script script) {
        this.cause = cause;
        this.name = name;
        this.script = script;
        for (Cell cell : Cell.values()) {
            expected.put(cell, Expected.cause(cause));
        }
    }

    static Variant of(Cause cause, String name, Script script) {
        return new Variant(cause, name, script);
    }

    /** Wherever the cause can be told, so can who did it: a part of the name of that suspect. */
    Variant by(String name) {
        this.culprit = name;
        return this;
    }

    /** Parts of the names of others that had a hand in it, such as the statement that was run. */
    Variant with(String... names) {
        this.guilty = Set.of(names);
        return this;
    }

    Variant but(Cell cell, Expected other) {
        expected.put(cell, other);
        return this;
    }

    Cause cause() {
        return cause;
    }

    String name() {
        return name;
    }

    Script script() {
        return script;
    }

    Expected expected(Cell cell) {
        return expected.getOrDefault(cell, Expected.cause(cause));
    }

    String culprit() {
        return culprit;
    }

    /** Whether a suspect of that name may be accused. */
    boolean guilty(String suspect) {
        return guilty.stream().anyMatch(suspect::contains) || (!culprit.isEmpty() && suspect.contains(culprit));
    }

    @Override
    public String toString() {
        return cause + ": " + name;
    }
}
