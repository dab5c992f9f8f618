package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a client prints: the log of a container, a pod or a unit. The client is run with a list of arguments, never
 * through a shell.
 *
 * @param executable the client, such as {@code docker}
 * @param arguments its arguments
 * @param name how evidence names the log
 */
public record ClientLog(String executable, List<String> arguments, String name) implements LogSource, LogStream {

    /** Copies the list and refuses what can not be an executable. */
    public ClientLog {
        arguments = List.copyOf(arguments);
        if (executable.isBlank() || executable.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "expected an executable such as docker, podman or nerdctl; found '" + executable + "'");
        }
    }

    /** {@return the log of a container} */
    public static ClientLog ofContainer(String client, String container) {
        requireName("container", "docker ps --all", container);
        return new ClientLog(client, List.of("logs", container), "container " + container);
    }

    /** {@return the log of a pod; namespace and container are left to the client where they are empty} */
    public static ClientLog ofPod(String client, String namespace, String pod, String container) {
        requireName("pod", "kubectl get pods", pod);
        List<String> arguments = new ArrayList<>(List.of("logs"));
        if (!namespace.isEmpty()) {
            requireName("namespace", "kubectl get namespaces", namespace);
            arguments.addAll(List.of("--namespace", namespace));
        }
        arguments.add(pod);
        if (!container.isEmpty()) {
            requireName("container", "kubectl describe pod", container);
            arguments.addAll(List.of("--container", container));
        }
        return new ClientLog(client, arguments, "pod " + pod);
    }

    /** {@return the log of a unit of systemd} */
    public static ClientLog ofUnit(String client, String unit) {
        requireName("unit", "systemctl list-units 'postgres*'", unit);
        List<String> arguments = List.of("--unit", unit, "--output", "json", "--no-pager");
        return new ClientLog(client, arguments, "unit " + unit);
    }

    private static void requireName(String what, String lists, String name) {
        if (name.isBlank() || name.startsWith("-") || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "expected the name of a %s; found '%s'; %s lists the names, and none begins with '-'",
                    what,
                    name,
                    lists));
        }
    }

    /** {@return the same log from another client} */
    public ClientLog through(String other) {
        return new ClientLog(other, arguments, name);
    }

    @Override
    public FoundLogs find(Patience patience, Consumer<Note> notes) {
        return FoundLogs.of(List.of(List.of(this)));
    }

    @Override
    public InputStream open(Patience patience) throws ProbeUnavailableException {
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(arguments);
        // One pipe for both streams: the order in which the client writes is the order of the log.
        ProcessBuilder client = new ProcessBuilder(command).redirectErrorStream(true);
        try {
            return new ClientOutput(client.start(), patience, executable + " " + arguments.get(0));
        } catch (IOException missing) {
            throw new ProbeUnavailableException(
                    "expected the container client '" + executable + "'; it can not be started",
                    "install it, or name another with withClient(\"podman\"),"
                            + " or save the log into a file and give that",
                    missing);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
