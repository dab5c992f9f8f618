package io.github.rowsleuth.git.automation.graph;

import java.util.Comparator;

/**
 * Something that can be run.
 *
 * @param path the file; for a command, the folder it runs in
 * @param name the part of the file, or the command; empty for the whole file
 */
public record Node(Kind kind, String path, String name) implements Comparable<Node> {

    private static final Comparator<Node> ORDER =
            Comparator.comparing(Node::path).thenComparing(Node::kind).thenComparing(Node::name);

    /** Stands before the arguments that a file is run with. */
    private static final String ARGUMENTS = "with ";

    /** What it is. */
    public enum Kind {
        /** A file that is run as a program; its name holds the arguments, where they matter. */
        FILE,
        /** A part of a file: a target, a job, a function. */
        PART,
        /** A command of a tool. */
        COMMAND
    }

    public static Node file(String path) {
        return new Node(Kind.FILE, path, "");
    }

    public static Node file(String path, String arguments) {
        return new Node(Kind.FILE, path, ARGUMENTS + arguments);
    }

    public static Node part(String path, String name) {
        return new Node(Kind.PART, path, name);
    }

    public static Node command(String folder, String command) {
        return new Node(Kind.COMMAND, folder, command);
    }

    /** What is shown of it beside the file: nothing for a file as a whole. */
    public String part() {
        return kind == Kind.FILE ? "" : name;
    }

    /** How a person would name it. */
    public String label() {
        return switch (kind) {
            case FILE -> path;
            case PART -> path + " (" + name + ")";
            case COMMAND -> name;
        };
    }

    @Override
    public int compareTo(Node other) {
        return ORDER.compare(this, other);
    }
}
