package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a program that belongs together: a function, a branch, what happens on failure. */
public final class Block {

    /** What sort of part. */
    public enum Kind {
        /** All of the file. */
        FILE,
        /** A class, module or namespace. */
        CLASS,
        /** A function, method or lambda. */
        FUNCTION,
        /** What runs only where its condition holds. */
        BRANCH,
        /** What runs where the condition of the branch before it does not hold. */
        ELSE,
        /** What runs again and again. */
        LOOP,
        /** What runs after something failed. */
        FAILURE,
        /** Anything else. */
        OTHER
    }

    private final Kind kind;
    private final String name;
    private final String condition;
    private final Optional<Block> parent;
    private final int start;
    private final int firstLine;
    private final List<Block> inner = new ArrayList<>();
    private boolean exits;
    private int end = Integer.MAX_VALUE;

    Block(Kind kind, String name, String condition, Optional<Block> parent, int start, int firstLine) {
        this.kind = kind;
        this.name = name;
        this.condition = condition;
        this.parent = parent;
        this.start = start;
        this.firstLine = firstLine;
        parent.ifPresent(p -> p.inner.add(this));
    }

    /** {@return a block that is all of a file} */
    public static Block file() {
        return new Block(Kind.FILE, "", "", Optional.empty(), 0, 1);
    }

    void close(int at) {
        end = at;
    }

    /** Notes that running it leaves the function or the program. */
    void exits() {
        exits = true;
    }

    /** {@return what sort of part it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return the name of a function or class, or of the call that a block is given to; empty for one without} */
    public String name() {
        return name;
    }

    /** {@return the condition of a branch, the condition that did not hold for an else, the head of a loop} */
    public String condition() {
        return condition;
    }

    /** {@return the part around it} */
    public Optional<Block> parent() {
        return parent;
    }

    /** {@return the parts directly inside of it} */
    public List<Block> inner() {
        return inner;
    }

    /** {@return where it begins in the source} */
    public int start() {
        return start;
    }

    /** {@return where it ends in the source} */
    public int end() {
        return end;
    }

    /** {@return the line it begins on} */
    public int firstLine() {
        return firstLine;
    }

    /** {@return whether running it leaves the function or the program} */
    public boolean leaves() {
        return exits;
    }

    /** {@return the innermost function that it is or belongs to} */
    public Optional<Block> function() {
        for (Optional<Block> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
            if (at.get().kind == Kind.FUNCTION) {
                return at;
            }
        }
        return Optional.empty();
    }

    /** {@return the outermost function with a name that it is or belongs to} */
    public Optional<Block> namedFunction() {
        Optional<Block> found = Optional.empty();
        for (Optional<Block> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
            if (at.get().kind == Kind.FUNCTION && !at.get().name.isEmpty()) {
                found = at;
            }
        }
        return found;
    }

    /** {@return whether it runs only after something failed} */
    public boolean onFailure() {
        for (Optional<Block> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
            if (at.get().kind == Kind.FAILURE) {
                return true;
            }
            if (at.get().kind == Kind.FUNCTION) {
                return false;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return kind + " " + name + condition;
    }
}
