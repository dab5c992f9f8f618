package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.automation.graph.Gap;

/** What a place that could not be followed means, and what can be done about it. */
final class GapWords {

    private GapWords() {}

    static String missing(Gap.Kind kind, int places) {
        return switch (kind) {
            case VARIABLE -> places + " commands hold variables that are known only when they run";
            case FOREIGN_IMAGE -> places + " containers run what their images bring with them";
            case FOREIGN_REPOSITORY -> places + " places run what lies in other repositories";
            case MISSING_FILE -> places + " places run files that are not in this commit";
            case MALFORMED -> places + " files are not what their names say";
            case ELSEWHERE -> places + " jobs are started by what only a server knows";
            case CUT -> places + " times there was more than is looked at";
        };
    }

    static String consequence(Gap.Kind kind) {
        return switch (kind) {
            case MALFORMED -> "whatever they run is not known";
            case CUT -> "what lies beyond is not known";
            default -> "a script that they run may be taken for one that nothing runs";
        };
    }

    static String remedy(Gap.Kind kind) {
        return switch (kind) {
            case VARIABLE ->
                "look up the values where they are set: the settings of the pipeline, the host, the .env file";
            case FOREIGN_IMAGE -> "docker image inspect IMAGE --format '{{.Config.Entrypoint}} {{.Config.Cmd}}'";
            case FOREIGN_REPOSITORY -> "examine these repositories too: probes(GitRepository.at(…)) for each";
            case MISSING_FILE -> "look whether a build writes them, or another branch holds them";
            case MALFORMED -> "look into these files by hand";
            case ELSEWHERE ->
                "look up the schedule where it is kept: the console of the platform, crontab -l on the host";
            case CUT -> "look into the rest by hand";
        };
    }
}
