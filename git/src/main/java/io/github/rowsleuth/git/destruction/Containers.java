package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.destruction.CommandIdioms.Destroys;
import io.github.rowsleuth.sql.StatementKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands that destroy a cluster with no trace in any SQL: volumes, claims, instances. */
final class Containers {

    private Containers() {}

    static Optional<Destroys> of(String name, List<String> rest) {
        return switch (name) {
            case "docker", "docker-compose", "podman", "podman-compose", "dc", "nerdctl" -> volumes(name, rest);
            case "kubectl", "oc", "k" -> claims(rest);
            case "helm" ->
                rest.contains("uninstall") || rest.contains("delete")
                        ? CommandIdioms.found(StatementKind.DROP_CLUSTER, "what the release keeps", "helm uninstall")
                        : Optional.empty();
            case "terraform", "tofu", "terragrunt", "pulumi" ->
                rest.contains("destroy")
                        ? CommandIdioms.found(
                                StatementKind.DROP_CLUSTER, "every resource, databases included", name + " destroy")
                        : Optional.empty();
            case "heroku" ->
                rest.contains("pg:reset") || rest.contains("addons:destroy")
                        ? CommandIdioms.found(
                                StatementKind.DROP_DATABASE, "the database of the application", "heroku pg:reset")
                        : Optional.empty();
            case "pg:reset" ->
                CommandIdioms.found(StatementKind.DROP_DATABASE, "the database of the application", "heroku pg:reset");
            case "railway" ->
                CommandIdioms.lower(rest).contains("volume delete")
                        ? CommandIdioms.found(StatementKind.DROP_CLUSTER, "the volume", "railway volume delete")
                        : Optional.empty();
            case "fly", "flyctl" ->
                CommandIdioms.lower(rest)
                                .matches(".*\\b(?:volumes? (?:destroy|delete)|postgres destroy|apps destroy).*")
                        ? CommandIdioms.found(StatementKind.DROP_CLUSTER, "the volume", "fly volumes destroy")
                        : Optional.empty();
            case "gcloud" ->
                CommandIdioms.lower(rest).matches(".*sql (?:instances|databases) delete.*")
                        ? CommandIdioms.found(StatementKind.DROP_DATABASE, "the instance", "gcloud sql delete")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Destroys> volumes(String name, List<String> rest) {
        boolean compose = rest.contains("compose") || name.endsWith("compose") || name.equals("dc");
        int down = Math.max(rest.indexOf("down"), rest.indexOf("rm"));
        boolean flag = rest.stream()
                .skip(Math.max(0, down))
                .anyMatch(w -> w.equals("--volumes") || w.matches("-[a-z]*v[a-z]*"));
        if (compose && down >= 0 && flag) {
            return CommandIdioms.found(
                    StatementKind.DROP_CLUSTER, "the volumes of the composition", "docker compose down --volumes");
        }
        int volume = rest.indexOf("volume");
        boolean removes = volume >= 0 && rest.stream().skip(volume).anyMatch(Set.of("rm", "remove", "prune")::contains);
        boolean system = rest.contains("system") && rest.contains("prune") && rest.contains("--volumes");
        if ((removes && !compose) || system) {
            return CommandIdioms.found(
                    StatementKind.DROP_CLUSTER,
                    "volumes",
                    system ? "docker system prune --volumes" : "docker volume rm");
        }
        return Optional.empty();
    }

    private static Optional<Destroys> claims(List<String> rest) {
        boolean deletes = rest.contains("delete");
        boolean claim = rest.stream()
                .anyMatch(w -> w.matches(
                        "(?:pvc|pv|persistentvolumeclaims?|persistentvolumes?|namespace|ns|statefulset|sts)(?:/.*)?"));
        return deletes && claim
                ? CommandIdioms.found(StatementKind.DROP_CLUSTER, "the claim and its volume", "kubectl delete pvc")
                : Optional.empty();
    }
}
