package io.github.rowsleuth.postgres.junit;

import io.github.rowsleuth.postgres.watch.Expectation;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads the annotations of a test and its classes. What stands nearer to the test is asked first. */
final class Expectations {

    private Expectations() {}

    static Expectation of(ExtensionContext context, Expectation general) {
        Expectation expectation = general;
        for (Class<?> type : context.getRequiredTestInstances().getAllInstances().stream()
                .map(Object::getClass)
                .toList()) {
            expectation = expectation.with(of(type));
        }
        return expectation.with(of(context.getRequiredTestMethod()));
    }

    private static Expectation of(AnnotatedElement element) {
        Expectation expectation = Expectation.noDeletions();
        for (ExpectDeletions expected : all(element, ExpectDeletions.class)) {
            expectation = expectation.expectingExactly(expected.rows(), expected.in());
        }
        for (AllowDeletions allowed : all(element, AllowDeletions.class)) {
            expectation = allowing(expectation, allowed);
        }
        return expectation;
    }

    private static <A extends Annotation> List<A> all(AnnotatedElement element, Class<A> type) {
        return AnnotationSupport.findRepeatableAnnotations(element, type);
    }

    private static Expectation allowing(Expectation expectation, AllowDeletions allowed) {
        boolean inTable = !allowed.in().isEmpty();
        boolean byApplication = !allowed.by().isEmpty();
        boolean counted = allowed.atMost() >= 0;
        int things = (inTable ? 1 : 0) + (byApplication ? 1 : 0) + (allowed.onlyRowsBornMeanwhile() ? 1 : 0);
        if (things != 1 || (counted && !inTable)) {
            throw new IllegalArgumentException("expected @AllowDeletions with one of in, by and onlyRowsBornMeanwhile,"
                    + " and atMost only beside in; found " + allowed);
        }
        if (byApplication) {
            return expectation.allowingApplication(allowed.by());
        }
        if (inTable) {
            return counted ? expectation.allowing(allowed.in(), allowed.atMost()) : expectation.allowing(allowed.in());
        }
        return expectation.allowingRowsBornMeanwhile();
    }
}
