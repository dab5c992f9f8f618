package io.github.rowsleuth.probe;

/**
 * Where in a file a statement stands.
 *
 * @param reached how starting the file reaches it
 * @param function the function it stands in, empty where it stands in none
 */
public record Place(Reached reached, String function) {

    /** How starting a file reaches a place in it. */
    public enum Reached {
        /** Starting the file runs it: it stands at the top, or is called from there. */
        AT_START,
        /** Only who calls the function runs it, and nothing in the file does. */
        BY_CALLER,
        /** It runs only after something failed. */
        ON_FAILURE,
        /** The source does not tell. */
        UNKNOWN
    }

    /** The source does not tell. */
    public static final Place UNKNOWN = new Place(Reached.UNKNOWN, "");

    @Override
    public String toString() {
        String where = function.isEmpty() ? "" : "in " + function + "()";
        return switch (reached) {
            case AT_START ->
                where.isEmpty() ? "at the top of the file" : where + ", which the file calls when it is started";
            case BY_CALLER -> where.isEmpty() ? "in a function" : where;
            case ON_FAILURE -> (where.isEmpty() ? "" : where + ", ") + "after a failure";
            case UNKNOWN -> where;
        };
    }
}
