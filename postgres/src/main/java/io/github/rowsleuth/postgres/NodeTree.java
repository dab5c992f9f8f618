package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import io.github.rowsleuth.sql.WhereShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a parsed statement does from the tree that the server stores of it ({@code pg_node_tree},
 * src/backend/nodes/outfuncs.c). The server's own way to turn it into SQL, {@code pg_get_ruledef} and its like, locks the
 * tables that the statement names, and waits where somebody else has locked them.
 */
final class NodeTree {

    // CmdType of src/include/nodes/nodes.h: the same in every version, but 5 was a utility command before 15.
    private static final int UPDATE = 2;
    private static final int DELETE = 4;
    private static final int MERGE = 5;

    /**
     * A statement of the tree.
     *
     * @param type {@code commandType}
     * @param relation the oid of the relation that it changes, 0 for none
     * @param filtered whether it asks for some of its rows only
     * @param mergeDeletes whether it is a MERGE that deletes
     */
    record Command(int type, long relation, boolean filtered, boolean mergeDeletes) {

        /** Whether it does anything: {@code DO INSTEAD NOTHING} is a command too. */
        boolean acts() {
            return type <= MERGE;
        }

        Optional<DestructiveStatement> destructive(Map<Long, TableName> relations) {
            if (type == DELETE) {
                return Optional.of(statement(StatementKind.DELETE, relations));
            }
            if (type == MERGE && mergeDeletes) {
                return Optional.of(statement(StatementKind.MERGE_DELETE, relations));
            }
            return type == UPDATE && !filtered
                    ? Optional.of(statement(StatementKind.UPDATE_NO_WHERE, relations))
                    : Optional.empty();
        }

        private DestructiveStatement statement(StatementKind kind, Map<Long, TableName> relations) {
            List<SqlObject> objects =
                    Optional.ofNullable(relations.get(relation))
                            .map(t -> new SqlObject(t.schema(), t.name(), false))
                            .stream()
                            .toList();
            WhereShape where = filtered || mergeDeletes ? WhereShape.FILTERED : WhereShape.NONE;
            return new DestructiveStatement(kind, objects, false, where, true, 0, 1);
        }
    }

    /** A node whose end was not read yet. */
    private static final class Open {
        private final String name;
        private final Map<String, String> fields = new HashMap<>();
        private final List<Long> relations = new ArrayList<>();
        private String field = "";
        private boolean filtered;
        private boolean mergeDeletes;

        Open(String name) {
            this.name = name;
        }

        void value(String token) {
            fields.putIfAbsent(field, token);
        }

        boolean empty(String wanted) {
            return fields.getOrDefault(wanted, "<>").equals("<>");
        }

        long number(String wanted) {
            String text = fields.getOrDefault(wanted, "");
            return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
        }
    }

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Command> commands = new ArrayList<>();
    private int at;

    private NodeTree(String text) {
        this.text = text;
    }

    /** {@return the statements of the tree, those inside of others first; of a tree that is cut those that are whole} */
    static List<Command> commands(String tree) {
        NodeTree reader = new NodeTree(tree);
        while (reader.at < tree.length()) {
            reader.step();
        }
        return reader.commands;
    }

    private void step() {
        char c = text.charAt(at);
        if (c == '{') {
            at++;
            Optional.ofNullable(open.peek()).ifPresent(parent -> parent.value("{"));
            open.push(new Open(token()));
        } else if (c == '}') {
            at++;
            close();
        } else if (ends(c)) {
            at++;
        } else {
            String token = token();
            Open node = open.peek();
            if (node != null && token.startsWith(":")) {
                node.field = token;
            } else if (node != null) {
                node.value(token);
            }
        }
    }

    /** A backslash takes the meaning from what follows it, so that no name can look like a part of the tree. */
    private String token() {
        int from = at;
        while (at < text.length() && !ends(text.charAt(at))) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at, text.length());
        return text.substring(from, at);
    }

    private static boolean ends(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '(' || c == ')' || c == '{' || c == '}';
    }

    private void close() {
        Open node = open.poll();
        if (node == null) {
            return;
        }
        Optional<Open> query = Optional.ofNullable(open.peek()).filter(p -> p.name.equals("QUERY"));
        switch (node.name) {
            case "QUERY" -> commands.add(command(node));
            case "RTE", "RANGETBLENTRY" ->
                query.filter(p -> p.field.equals(":rtable")).ifPresent(p -> p.relations.add(node.number(":relid")));
            case "FROMEXPR" ->
                query.filter(p -> p.field.equals(":jointree")).ifPresent(p -> p.filtered = !node.empty(":quals"));
            case "MERGEACTION", "MERGEWHENCLAUSE" ->
                query.ifPresent(p -> p.mergeDeletes |= node.number(":commandType") == DELETE);
            default -> {}
        }
    }

    private static Command command(Open query) {
        int result = (int) query.number(":resultRelation");
        long relation = result > 0 && result <= query.relations.size() ? query.relations.get(result - 1) : 0;
        return new Command((int) query.number(":commandType"), relation, query.filtered, query.mergeDeletes);
    }
}
