package io.github.rowsleuth.git.destruction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A document of settings: a file of them, or the part of one that holds for a profile.
 *
 * @param profile the profile that it holds for, in small letters; empty where it holds for all
 * @param settings its settings in the order of the file
 */
record SettingDocument(String profile, List<Setting> settings) {

    SettingDocument {
        settings = List.copyOf(settings);
    }

    /**
     * One setting.
     *
     * @param key its name as it stands there, with points between levels
     * @param value its value; of a place that is filled in at run time the default
     * @param line the line of its value
     */
    record Setting(String key, String value, int line) {

        /** The name in the form that Spring compares: {@code ddl-auto}, {@code ddlAuto} and {@code DDL_AUTO} are one. */
        String relaxed() {
            return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        }
    }

    /** The value that holds for a name in its relaxed form: the last one. */
    Optional<String> value(String relaxed) {
        return settings.stream()
                .filter(s -> s.relaxed().endsWith(relaxed))
                .reduce((earlier, later) -> later)
                .map(Setting::value);
    }
}
