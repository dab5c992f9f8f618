package io.github.rowsleuth.examples.matrix;

/** What an investigation has at hand. The counters are lost last, because they do not come back. */
enum Cell {
    ALL("all evidence"),
    NO_LOGS("no logs"),
    NO_SUPERUSER("no superuser"),
    NO_REPOSITORY("no repository"),
    DECOYS("decoys"),
    COUNTERS_LOST("counters lost");

    private final String words;

    Cell(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
