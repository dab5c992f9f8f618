package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an act that names no table would leave. */
final class StartUpFootprint {

    /** Tools that empty whole schemas, and not only the tables that a mapper knows. */
    private static final Set<String> WHOLE_SCHEMAS = Set.of("prisma", "rails", "supabase", "flyway", "liquibase");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{1,2000})\"|'([^']{1,2000})'");

    private StartUpFootprint() {}

    static Footprint of(DatabaseAct act, Footprints footprints, List<TableName> hit) {
        List<DestructiveStatement> spelled = spelled(act.text().text());
        if (!spelled.isEmpty()) {
            return footprints.of(spelled);
        }
        return switch (act.effect()) {
            case RESETS_SCHEMA ->
                WHOLE_SCHEMAS.contains(act.tool())
                        ? footprints.ofSchemas(hit)
                        : new Footprint(List.of(), Set.of(Fate.DROPPED));
            case MAY_DROP -> new Footprint(List.of(), Set.of(Fate.DROPPED));
            default -> new Footprint(List.of(), Set.of(Fate.DELETED, Fate.TRUNCATED, Fate.DROPPED));
        };
    }

    /** The statements that a command spells out, as {@code psql -c} does. */
    private static List<DestructiveStatement> spelled(String command) {
        List<DestructiveStatement> found = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(command);
        while (quoted.find()) {
            String text = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
            found.addAll(DestructiveStatements.in(text));
        }
        return found;
    }
}
