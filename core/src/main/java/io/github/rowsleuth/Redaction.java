package io.github.rowsleuth;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes out of a message of somebody else's exception what may be a value of a row or a secret. */
final class Redaction {

    private static final int MAX_LENGTH = 500;
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern SECRET =
            Pattern.compile("(?i)\\b(password|passwd|pwd|secret|token|sslpassword)\\b(\\s*[=:]\\s*)[^\\s&;,]+");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
    private static final Pattern DETAIL = Pattern.compile("(?s)\\s*(Detail:|Where:|\\R).*");

    private Redaction() {}

    static String of(Throwable thrown) {
        String message = text(thrown.getMessage());
        return thrown.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    static String text(@Nullable String message) {
        if (message == null) {
            return "";
        }
        String first = DETAIL.matcher(message).replaceFirst("");
        String safe =
                USER_INFO.matcher(SECRET.matcher(first).replaceAll("$1$2?")).replaceAll("//?@");
        String short_ = safe.length() <= MAX_LENGTH ? safe : safe.substring(0, MAX_LENGTH) + "…";
        return QUOTED.matcher(short_).replaceAll("'?'");
    }
}
