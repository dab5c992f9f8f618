package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.StatementProbe;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.probe.Volatility;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Looks for destructive statements in logs.
 *
 * @param source where the logs are
 * @param prefixes how their lines begin
 */
record LogStatements(LogSource source, Prefixes prefixes) implements StatementProbe {

    static final String ID = "logs.statements";

    @Override
    public Statements examine(Examination examination)
            throws ProbeUnavailableException, IOException, InterruptedException {
        LogDigest digest = new LogDigest(examination, prefixes);
        try {
            for (LogStream log : source.streams(prefixes, examination)) {
                digest.read(log);
            }
        } catch (InterruptedIOException interrupted) {
            Thread.interrupted();
            digest.finish(source.toString());
            throw new InterruptedException();
        }
        return digest.finish(source.toString());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Volatility volatility() {
        return Volatility.LOG;
    }
}
