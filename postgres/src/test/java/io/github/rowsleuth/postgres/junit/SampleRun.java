package io.github.rowsleuth.postgres.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs sample tests, whatever the version of JUnit beside it, and tells how each ended. */
public final class SampleRun {

    private SampleRun() {}

    /** The version, and one line for each test such as {@code deletes: FAILED UnexpectedDeletionError …}, sorted. */
    public static List<String> of(String... classes) {
        Launcher launcher = LauncherFactory.create();
        List<String> lines = new ArrayList<>();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(Stream.of(classes)
                                .map(name -> selectClass(SampleRun.class.getClassLoader(), name))
                                .toList())
                        .build(),
                new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        line(test, result).ifPresent(lines::add);
                    }
                });
        lines.add("JUnit " + Test.class.getPackage().getImplementationVersion());
        return lines.stream().sorted().toList();
    }

    private static Optional<String> line(TestIdentifier test, TestExecutionResult result) {
        String failure = result.getThrowable().map(SampleRun::words).orElse("");
        if (test.isTest()) {
            String name = test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getMethodName())
                    .orElse(test.getDisplayName());
            return Optional.of(name + ": " + result.getStatus() + failure);
        }
        return failure.isEmpty() ? Optional.empty() : Optional.of(test.getDisplayName() + ":" + failure);
    }

    private static String words(Throwable failure) {
        String suppressed =
                Stream.of(failure.getSuppressed()).map(SampleRun::words).reduce("", (all, one) -> all + ", and" + one);
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return " " + failure.getClass().getSimpleName() + " " + message + suppressed;
    }
}
