package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands between two brackets, or in the arguments of a call without any, while it is being read. */
final class Frame {

    /** A parenthesis, bracket or brace; {@code c} for arguments without parentheses; {@code r} for the whole file. */
    final char open;
    /** Whether statements stand in it. */
    final boolean statements;
    /** What is called with it. */
    final Optional<Chain> call;
    /** The chain that goes on behind it. */
    final Optional<Chain> indexed;

    final List<Argument> arguments = new ArrayList<>();
    /** Where the literals that were read in it begin in the list of all. */
    final int firstLiteral;

    int argumentStart;
    String argumentName = "";
    List<String> literals = new ArrayList<>();
    Optional<Pending> pending = Optional.empty();
    Optional<Chain> chain = Optional.empty();
    /** The strings of the list that was closed last in it. */
    List<String> list = List.of();
    /** How many blocks that end with their statement are open around it. */
    int passing;
    /** Whether it holds keys and values. */
    boolean map;

    String target = "";
    String typed = "";
    int statementStart;
    int assignedFrom = -1;
    boolean control;

    Frame(char open, boolean statements, Optional<Chain> call, Optional<Chain> indexed, int start, int firstLiteral) {
        this.open = open;
        this.statements = statements;
        this.call = call;
        this.indexed = indexed;
        this.argumentStart = start;
        this.statementStart = start;
        this.firstLiteral = firstLiteral;
    }

    String callName() {
        return call.map(Chain::name).orElse("");
    }
}
