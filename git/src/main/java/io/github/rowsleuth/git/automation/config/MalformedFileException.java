package io.github.rowsleuth.git.automation.config;

/** A file that is not what it should be. The message holds no text of the file. */
public final class MalformedFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedFileException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }
}
