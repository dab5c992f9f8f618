package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings of the Java world do to a schema: Spring Boot, Hibernate, Jakarta Persistence, Quarkus, Micronaut.
 * Names are compared without case, dots, dashes and underscores, as Spring does when it binds them.
 */
final class SchemaKeys {

    private static final Map<String, String> TOOLS = Map.ofEntries(
            Map.entry("springjpahibernateddlauto", "hibernate"),
            Map.entry("springjpapropertieshibernatehbm2ddlauto", "hibernate"),
            Map.entry("hibernatehbm2ddlauto", "hibernate"),
            Map.entry("jpadefaultpropertieshibernatehbm2ddlauto", "hibernate"),
            Map.entry("springjpageneratedddl", "hibernate"),
            Map.entry("quarkushibernateormdatabasegeneration", "hibernate"),
            Map.entry("quarkushibernateormschemamanagementstrategy", "hibernate"),
            Map.entry("jakartapersistenceschemagenerationdatabaseaction", "jpa"),
            Map.entry("javaxpersistenceschemagenerationdatabaseaction", "jpa"),
            Map.entry("springjpapropertiesjakartapersistenceschemagenerationdatabaseaction", "jpa"),
            Map.entry("springjpapropertiesjavaxpersistenceschemagenerationdatabaseaction", "jpa"),
            Map.entry("springliquibasedropfirst", "liquibase"),
            Map.entry("quarkusliquibasecleanatstart", "liquibase"),
            Map.entry("springflywaycleanonvalidationerror", "flyway"),
            Map.entry("flywaycleanonvalidationerror", "flyway"),
            Map.entry("quarkusflywaycleanatstart", "flyway"));

    private SchemaKeys() {}

    static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[._\\-\\[\\]]", "");
    }

    static Optional<String> tool(String plainKey) {
        return Optional.ofNullable(TOOLS.get(plainKey));
    }

    static List<String> keys() {
        return List.copyOf(TOOLS.keySet());
    }

    /** What the value does; empty where it changes nothing that is there. */
    static Effect effect(String tool, String value) {
        String plain = value.strip().toLowerCase(Locale.ROOT);
        if (tool.equals("liquibase") || tool.equals("flyway")) {
            return plain.equals("true") ? Effect.RESETS_SCHEMA : Effect.HARMLESS;
        }
        return switch (plain) {
            case "create", "create-drop", "drop-and-create", "drop", "drop-create" -> Effect.RESETS_SCHEMA;
            default -> Effect.HARMLESS;
        };
    }
}
