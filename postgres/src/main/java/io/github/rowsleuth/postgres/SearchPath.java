package io.github.rowsleuth.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code search_path} as the server does (src/backend/utils/adt/varlena.c, SplitIdentifierString). */
final class SearchPath {

    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")*+)\"|([^,\\s\"][^,\"]*)");

    private SearchPath() {}

    /**
     * {@return its schemas, as the catalogs hold them}
     *
     * @param setting the setting
     * @param role stands for {@code $user}
     */
    static List<String> of(String setting, String role) {
        List<String> schemas = new ArrayList<>();
        for (Matcher name = NAME.matcher(setting); name.find(); ) {
            String schema = name.group(1) == null
                    ? name.group(2).strip().toLowerCase(Locale.ROOT)
                    : name.group(1).replace("\"\"", "\"");
            schemas.add(schema.equals("$user") ? role : schema);
        }
        return List.copyOf(schemas);
    }
}
