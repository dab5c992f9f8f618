package io.github.rowsleuth.hypothesis;

import java.util.regex.Pattern;

/** Tells test code by the places and names that test runners look for. */
final class TestCode {

    private static final Pattern PLACE =
            Pattern.compile("(?i)(?:^|.*/)(?:tests?|__tests__|specs?|e2e|cypress|testing|integration[-_]tests?)/.*");
    private static final Pattern NAME = Pattern.compile("(?:.*/)?(?:conftest\\.py|test_[^/]*\\.\\w+|[^/]*_test\\.\\w+"
            + "|[^/]*_spec\\.rb|[^/]*\\.(?:test|spec)\\.[cm]?[jt]sx?|[^/]*Tests?\\.(?:java|kt|cs|php)"
            + "|(?:jest|vitest|playwright)[.-][^/]*\\.[cm]?[jt]s)");

    private TestCode() {}

    static boolean at(String path) {
        return PLACE.matcher(path).matches() || NAME.matcher(path).matches();
    }
}
