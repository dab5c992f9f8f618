package io.github.rowsleuth.prevention;

import java.util.List;

/**
 * One script, and what becomes of it.
 *
 * @param script its path within the root, with slashes
 * @param disabledAs its path afterwards
 * @param sha256 the digest of its content, in hexadecimal
 * @param permissions its permissions such as {@code rwxr-xr-x}; empty where the file system has none. Those to execute go.
 * @param callers the places that name it, such as {@code Makefile:12: python clean.py}
 * @param warnings what renaming does not achieve
 */
public record DisableStep(
        String script,
        String disabledAs,
        String sha256,
        String permissions,
        List<String> callers,
        List<String> warnings) {

    /** Copies the lists. */
    public DisableStep {
        callers = List.copyOf(callers);
        warnings = List.copyOf(warnings);
    }

    /** {@return the step in some lines} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("  " + script + " → " + disabledAs);
        text.append(permissions.contains("x") ? " (" + permissions + ", execute bits go)" : "");
        callers.forEach(caller -> text.append("\n    will break: ").append(caller));
        warnings.forEach(warning -> text.append("\n    beware: ").append(warning));
        return text.toString();
    }
}
