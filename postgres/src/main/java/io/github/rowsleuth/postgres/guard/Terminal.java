package io.github.rowsleuth.postgres.guard;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the person sits.
 *
 * @param interactive whether there is one, and not a pipe
 * @param environment the variables of the process, which can only deny
 */
record Terminal(boolean interactive, Map<String, String> environment) {

    private static final Set<String> NAMES = Set.of(
            "ENV",
            "ENVIRONMENT",
            "APP_ENV",
            "NODE_ENV",
            "RAILS_ENV",
            "RACK_ENV",
            "FLASK_ENV",
            "DJANGO_ENV",
            "SPRING_PROFILES_ACTIVE",
            "QUARKUS_PROFILE",
            "MICRONAUT_ENVIRONMENTS",
            "ASPNETCORE_ENVIRONMENT",
            "STAGE");

    static Terminal real() {
        return new Terminal(
                Optional.ofNullable(System.console())
                        .filter(Terminal::isTerminal)
                        .isPresent(),
                System.getenv());
    }

    // Since 22 there is a console on a pipe as well, and a method that tells.
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    boolean automated() {
        return environment.containsKey("CI") || environment.containsKey("BUILD_ID");
    }

    /** A variable that says production. */
    Optional<String> denial() {
        return environment.entrySet().stream()
                .filter(e -> NAMES.contains(e.getKey()) && production(e.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    static boolean production(String text) {
        return text.toLowerCase(Locale.ROOT).contains("prod");
    }
}
