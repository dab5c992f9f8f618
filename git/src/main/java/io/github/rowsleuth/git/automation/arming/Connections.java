package io.github.rowsleuth.git.automation.arming;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which databases a file names that are not plainly local, without users and passwords. */
final class Connections {

    private static final Pattern ADDRESS = Pattern.compile(
            "\\b(?:jdbc:)?postgres(?:ql)?(?:\\+\\w{1,20})?://(?:[^\\s\"'@/]{0,200}@)?([\\w.-]{1,200})(?::\\d{1,5})?(?:/([\\w-]{1,63}))?");
    private static final Pattern VARIABLE = Pattern.compile(
            "(?:environ(?:\\.get)?[\\[(]\\s?[\"']|getenv\\([\"']|process\\.env\\.|ENV(?:\\.fetch\\(|\\[)[\"']|\\$\\{?|secrets\\.)"
                    + "(\\w{0,40}(?:DATABASE|POSTGRES|PG|DB)\\w{0,20}(?:URL|URI|DSN|HOST))\\b");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "0.0.0.0");

    private Connections() {}

    static Set<String> in(String text) {
        Set<String> found = new TreeSet<>();
        Matcher address = ADDRESS.matcher(text);
        while (address.find()) {
            if (!LOCAL.contains(address.group(1))) {
                found.add("the database at " + address.group(1)
                        + (address.group(2) == null ? "" : "/" + address.group(2)));
            }
        }
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            found.add("the database that " + variable.group(1) + " names");
        }
        return found;
    }

    /** Whether a file is likely to hold settings of connections. */
    static boolean isSettings(String name) {
        return name.startsWith(".env")
                || name.equals("alembic.ini")
                || name.equals("env.py")
                || name.equals("conftest.py")
                || name.matches("(?i)(?:settings?|config|database|db|knexfile|ormconfig|data-source)[\\w.-]{0,40}"
                        + "\\.(?:py|[cm]?[jt]s|ya?ml|json|toml|ini|rb)")
                || name.matches("(?:application|bootstrap)[\\w.-]{0,40}\\.(?:ya?ml|properties)");
    }
}
