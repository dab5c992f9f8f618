package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what was seen against what was expected. */
final class Judgement {

    private final Deletions deletions;
    private final Expectation expectation;

    Judgement(Deletions deletions, Expectation expectation) {
        this.deletions = deletions;
        this.expectation = expectation;
    }

    Violations violations() {
        Map<Allowance, List<Deletion>> counted = new LinkedHashMap<>();
        List<Deletion> unexpected = new ArrayList<>();
        sort(counted, unexpected);
        Map<String, List<Deletion>> bySubject = new LinkedHashMap<>();
        unexpected.forEach(d ->
                bySubject.computeIfAbsent(d.subject(), s -> new ArrayList<>()).add(d));
        return violations(counted, bySubject);
    }

    /** Those that no allowance fits, and those of an allowance that does not hold. */
    List<Deletion> unexpected() {
        Map<Allowance, List<Deletion>> counted = new LinkedHashMap<>();
        List<Deletion> unexpected = new ArrayList<>();
        sort(counted, unexpected);
        counted.forEach((allowance, seen) -> {
            if (allowance.violatedBy(seen)) {
                unexpected.addAll(seen);
            }
        });
        return unexpected;
    }

    private void sort(Map<Allowance, List<Deletion>> counted, List<Deletion> unexpected) {
        expectation.allowances().forEach(allowance -> counted.put(allowance, new ArrayList<>()));
        for (Deletion deletion : expectation.attemptsFail() ? deletions.all() : deletions.losses()) {
            Optional<Allowance> allowance = expectation.allowances().stream()
                    .filter(a -> a.fits(deletion))
                    .findFirst();
            allowance.map(counted::get).orElse(unexpected).add(deletion);
        }
    }

    private Violations violations(Map<Allowance, List<Deletion>> counted, Map<String, List<Deletion>> unexpected) {
        List<String> messages = new ArrayList<>();
        unexpected.forEach((subject, seen) -> messages.add(message(subject, expectedIn(seen), seen)));
        counted.forEach((allowance, seen) -> {
            if (allowance.violatedBy(seen)) {
                String subject = allowance.table().map(Object::toString).orElse("the database");
                messages.add(message(subject, allowance.words(), seen));
            }
        });
        if (!expectation.blindSpotsAccepted()) {
            deletions.blindSpots().stream()
                    .filter(BlindSpot::hidesLosses)
                    .forEach(spot -> messages.add("nobody can tell whether rows were deleted: " + spot));
        }
        return new Violations(messages);
    }

    private String expectedIn(List<Deletion> seen) {
        return expectation.allowances().stream().anyMatch(Allowance::born)
                        && seen.stream().anyMatch(d -> d.bornMeanwhile() > 0)
                ? "no deletions but of rows inserted meanwhile"
                : "no deletions";
    }

    private static String message(String subject, String expected, List<Deletion> seen) {
        return subject + ": expected " + expected + ", found " + DeletionText.count(seen)
                + new DeletionText(seen, List.of()).details();
    }
}
