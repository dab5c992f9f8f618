package io.github.rowsleuth.logs.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting that changed while the server ran (src/backend/utils/misc/guc.c, ProcessConfigFile).
 *
 * @param name the setting
 * @param value its new value, empty where it went back to its default
 */
public record SettingChange(String name, Optional<String> value) {

    private static final Pattern CHANGED =
            Pattern.compile("parameter \"([^\"]+)\" changed to \"(.*)\"", Pattern.DOTALL);
    private static final Pattern RESET =
            Pattern.compile("parameter \"([^\"]+)\" removed from configuration file, reset to default");

    /** {@return the change, if the message tells of one} */
    public static Optional<SettingChange> of(String message) {
        if (!message.startsWith("parameter \"")) {
            return Optional.empty();
        }
        Matcher changed = CHANGED.matcher(message);
        if (changed.matches()) {
            return Optional.of(new SettingChange(changed.group(1), Optional.of(changed.group(2))));
        }
        Matcher reset = RESET.matcher(message);
        return reset.matches() ? Optional.of(new SettingChange(reset.group(1), Optional.empty())) : Optional.empty();
    }

    /** {@return whether it decides what later lines show; other settings can hold secrets} */
    public boolean concernsLogs() {
        return name.startsWith("log_") || name.startsWith("pgaudit.") || name.startsWith("auto_explain.");
    }

    @Override
    public String toString() {
        return name + value.map(v -> " changed to " + v).orElse(" went back to its default");
    }
}
