package io.github.rowsleuth.probe;

import java.util.List;
import java.util.Optional;

/**
 * What sets a chain off.
 *
 * @param kind what sort of event
 * @param detail the event in words: {@code push}, {@code schedule 0 3 * * *}, {@code make clean}
 * @param file the file that says so, within the repository
 * @param line the line, from 1
 * @param schedule the times, for a schedule
 * @param conditions what must hold besides, such as the branch
 * @param disabled why it does not happen, where it does not
 */
public record AutomationTrigger(
        Kind kind,
        String detail,
        String file,
        int line,
        Optional<DueJob.Schedule> schedule,
        List<RunCondition> conditions,
        Optional<String> disabled) {

    /** What sort of event. */
    public enum Kind {
        /** A point of time. */
        SCHEDULE,
        /** Something that happens in the hosting of the repository: a push, a pull request, a release. */
        REPOSITORY_EVENT,
        /** A person presses a button or calls an interface; what then runs is automation. */
        DISPATCH,
        /** An image is built, or an application. */
        BUILD,
        /** A version is deployed, before or after it starts. */
        DEPLOY,
        /** A container, a service or an application starts, restarts or is checked. */
        START,
        /** A database server starts on an empty volume. */
        DATABASE_INITIALISED,
        /** Packages are installed. */
        INSTALL,
        /** A person commits, pushes or merges on a machine where the hooks are installed. */
        GIT_HOOK,
        /** A coding agent follows what the repository tells it. */
        AGENT,
        /** Infrastructure is created, changed or destroyed. */
        PROVISIONING,
        /** A person types the command. */
        COMMAND
    }

    /** Copies the list. */
    public AutomationTrigger {
        conditions = List.copyOf(conditions);
    }

    @Override
    public String toString() {
        return detail
                + schedule.flatMap(DueJob.Schedule::zone)
                        .map(z -> " (" + z + ")")
                        .orElse("");
    }
}
