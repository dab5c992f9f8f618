package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.util.List;

/** Where logs come from. */
sealed interface LogSource permits LogFolder, ContainerLog {

    /**
     * {@return the logs, the oldest first; never empty}
     *
     * @param prefixes how to find the first time stamp of a log
     * @param examination where gaps are handed in
     */
    List<LogStream> streams(Prefixes prefixes, Examination examination) throws ProbeUnavailableException, IOException;
}
