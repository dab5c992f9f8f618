package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Script;
import java.util.List;

public final class SettingFiles {
    private SettingFiles() {}

    public static boolean candidate(String path) {
        return false;
    }

    public static boolean worthReading(byte[] b) {
        return false;
    }

    public static Examined examine(StoredFile f, String t) {
        return new Examined("settings", Script.Role.SETTINGS, List.of(), List.of(), List.of(), false);
    }
}
