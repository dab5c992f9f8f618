package io.github.rowsleuth.git.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chain of names while it is being read. */
final class Chain {

    private static final int LONGEST = 64;

    final int start;
    final Optional<Pending> literal;
    private final List<Link> links = new ArrayList<>();
    private int line;
    private boolean dot;

    Chain(int start, Optional<Pending> literal) {
        this.start = start;
        this.literal = literal;
    }

    void add(String name, int at) {
        if (links.size() >= LONGEST) {
            links.remove(0);
        }
        links.add(new Link(name, false, List.of()));
        line = at;
        dot = false;
    }

    void called(List<Argument> arguments) {
        if (!links.isEmpty()) {
            Link last = links.remove(links.size() - 1);
            links.add(new Link(last.name(), true, arguments));
        }
    }

    void dot() {
        dot = true;
    }

    boolean awaitsName() {
        return dot;
    }

    boolean named() {
        return !links.isEmpty();
    }

    int line() {
        return line;
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    String name() {
        return links.isEmpty() ? "" : links.get(links.size() - 1).name();
    }

    String path() {
        StringBuilder path = new StringBuilder();
        for (Link link : links) {
            path.append(path.length() == 0 ? "" : ".").append(link.name());
        }
        return path.toString();
    }

    boolean simple() {
        return links.size() == 1 && !links.get(0).called();
    }
}
