package io.github.rowsleuth;

import java.io.PrintStream;

/** Findings as a document. Equal findings give equal bytes; what came from outside is escaped. Thread-safe. */
public final class Report {

    private final Findings findings;

    Report(Findings findings) {
        this.findings = findings;
    }

    /** {@return the whole story in plain text, lines of at most 120 columns where names allow, ending in a line feed} */
    public String text() {
        return new TextReport(findings).text();
    }

    /**
     * {@return the findings as JSON of schema version 1}
     *
     * <p>The schema lies beside this class as {@code findings-1.schema.json}. Times are ISO 8601 in UTC, transaction ids
     * strings; unknown keys may be added within a version.
     */
    public String json() {
        return new JsonReport(findings).text();
    }

    /** Prints {@link #text()} to standard output. */
    public void print() {
        print(System.out);
    }

    /**
     * Prints {@link #text()}.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.print(text());
        out.flush();
    }

    /** {@return the text} */
    @Override
    public String toString() {
        return text();
    }
}
