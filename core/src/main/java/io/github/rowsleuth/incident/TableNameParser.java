package io.github.rowsleuth.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one table name, one or two identifiers joined by a dot. */
final class TableNameParser {

    private final String text;
    private int at;

    TableNameParser(String text) {
        this.text = text.strip();
    }

    TableName parse() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(identifier());
        } while (at < text.length() && text.charAt(at++) == '.');
        if (at < text.length() || parts.size() > 2 || text.endsWith(".")) {
            throw unreadable();
        }
        return parts.size() == 1
                ? new TableName(Optional.empty(), parts.get(0))
                : TableName.of(parts.get(0), parts.get(1));
    }

    private String identifier() {
        return at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
                at++;
                return nonEmpty(name.toString());
            }
            if (c == '"') {
                at++;
            }
            name.append(c);
        }
        throw unreadable();
    }

    private String unquoted() {
        int from = at;
        while (at < text.length() && isPart(text.charAt(at), at == from)) {
            at++;
        }
        return nonEmpty(text.substring(from, at).toLowerCase(Locale.ROOT));
    }

    private static boolean isPart(char c, boolean first) {
        return Character.isLetter(c) || c == '_' || (!first && (Character.isDigit(c) || c == '$'));
    }

    private String nonEmpty(String name) {
        if (name.isEmpty()) {
            throw unreadable();
        }
        return name;
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException("expected a table name such as orders, shop.orders or shop.\"Order Items\";"
                + " found '" + text + "'; put names with blanks, capitals or dots in double quotes");
    }
}
