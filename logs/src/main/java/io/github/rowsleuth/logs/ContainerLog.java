package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.util.List;

/**
 * What a container wrote, as its client prints it.
 *
 * @param client the executable: {@code docker}, {@code podman}, {@code nerdctl}
 * @param container the name or the id of the container
 */
record ContainerLog(String client, String container) implements LogSource, LogStream {

    ContainerLog {
        if (container.isBlank() || container.startsWith("-") || container.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("expected the name of a container; found '" + container
                    + "'; docker ps --all lists the names, and none begins with '-'");
        }
        if (client.isBlank() || client.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "expected an executable such as docker, podman or nerdctl; found '" + client + "'");
        }
    }

    @Override
    public List<LogStream> streams(Prefixes prefixes, Examination examination) {
        return List.of(this);
    }

    @Override
    public String name() {
        return "container " + container;
    }

    @Override
    public Bytes open(Patience limits) throws ProbeUnavailableException {
        // One pipe for both streams: the order in which the client writes is the order of the log.
        ProcessBuilder command = new ProcessBuilder(client, "logs", container).redirectErrorStream(true);
        try {
            return new ClientOutput(command.start(), limits, client);
        } catch (IOException missing) {
            throw new ProbeUnavailableException(
                    "expected the container client '" + client + "'; it can not be started",
                    "install it, or name another with withContainerClient(\"podman\"),"
                            + " or save the log into a file and give that",
                    missing);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
