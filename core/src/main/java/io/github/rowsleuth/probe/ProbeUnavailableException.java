package io.github.rowsleuth.probe;

/** The source can not be examined, for a reason that is expected in the field and that a person can mend. */
public class ProbeUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Says why, and what to do.
     *
     * @param reason what was expected and what was found; no secrets
     * @param remedy what would make the source readable, as exact as a command
     */
    public ProbeUnavailableException(String reason, String remedy) {
        this(reason, remedy, null);
    }

    /**
     * Says why, and what to do.
     *
     * @param reason what was expected and what was found; no secrets
     * @param remedy what would make the source readable, as exact as a command
     * @param cause what the source threw, if it did
     */
    public ProbeUnavailableException(String reason, String remedy, @org.jspecify.annotations.Nullable Throwable cause) {
        super(reason, cause);
        this.remedy = remedy;
    }

    /** {@return what would make the source readable} */
    public String remedy() {
        return remedy;
    }
}
