package io.github.rowsleuth.postgres.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an operation would do, counted: the result of the dry run. Show it; whoever agrees types what it asks for. Immutable,
 * but for the number of times that somebody may still mistype.
 */
public final class OperationPlan {

    private static final Duration VALID = Duration.ofMinutes(15);
    private static final int TRIES = 3;
    private static final int ID_LENGTH = 10;

    private final DeletionRequest request;
    private final DisposableDatabase database;
    private final List<PlannedEffect> effects;
    private final List<String> triggers;
    private final Instant made;
    private final String digest;
    private int triesLeft = TRIES;

    OperationPlan(
            DeletionRequest request,
            DisposableDatabase database,
            List<PlannedEffect> effects,
            List<String> triggers,
            Instant made) {
        this.request = request;
        this.database = database;
        this.effects = List.copyOf(effects);
        this.triggers = List.copyOf(triggers);
        this.made = made;
        this.digest =
                sha256(request.text() + "\n" + database.systemIdentifier() + "\n" + database.database() + "\n" + effects
                        + "\n" + effects.stream().map(PlannedEffect::digest).toList() + "\n" + triggers + "\n" + made);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return the beginning of its digest, over statement, values, database, rows and time} */
    public String id() {
        return digest.substring(0, ID_LENGTH);
    }

    /** {@return what happens to which table, the one named in the statement first} */
    public List<PlannedEffect> effects() {
        return effects;
    }

    /** {@return the triggers that fire, all of them known} */
    public List<String> triggers() {
        return triggers;
    }

    /** {@return when the rows were counted} */
    public Instant made() {
        return made;
    }

    /** {@return until when it may be executed: 15 minutes after the rows were counted} */
    public Instant expires() {
        return made.plus(VALID);
    }

    /** {@return what must be typed to confirm: {@code database/schema.table/rows}} */
    public String confirmation() {
        return database.database() + "/" + request.table() + "/"
                + effects.get(0).rows();
    }

    DeletionRequest request() {
        return request;
    }

    DisposableDatabase database() {
        return database;
    }

    /** Whether what was typed is what was asked for, character by character. */
    synchronized boolean confirmedBy(String typed) {
        if (triesLeft == 0) {
            throw new GuardException(
                    Layer.CONFIRMATION, "expected a plan that was not mistyped " + TRIES + " times: make a new plan");
        }
        if (typed.equals(confirmation())) {
            return true;
        }
        triesLeft--;
        return false;
    }

    synchronized boolean mayTryAgain() {
        return triesLeft > 0;
    }

    void refuseExpired(Instant now) {
        if (now.isBefore(made) || !now.isBefore(expires())) {
            throw new GuardException(
                    Layer.DRY_RUN,
                    "expected rows that were counted less than " + VALID.toMinutes()
                            + " minutes ago, found that they were at " + made + " by a clock that says " + now
                            + ": make a new plan");
        }
    }

    /** {@return the plan as it should be shown before anybody agrees; without values} */
    @Override
    public String toString() {
        return "Plan " + id() + ": " + request + "\n  in " + database + ", counted at " + made + ", valid until "
                + expires()
                + effects.stream().map(e -> "\n  " + e).collect(Collectors.joining())
                + triggers.stream().map(t -> "\n  fires the trigger " + t).collect(Collectors.joining())
                + "\nNothing is deleted until somebody types " + confirmation();
    }
}
