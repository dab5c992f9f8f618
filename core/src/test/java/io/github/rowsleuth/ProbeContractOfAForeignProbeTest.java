package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.contract.ProbeContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A probe as somebody else would write it: it reads who was on call from a file. */
class ProbeContractOfAForeignProbeTest implements ProbeContract<ProbeContractOfAForeignProbeTest.OnCall> {

    record OnCall(List<String> names) {}

    private record Page(String summary) implements Observation.Custom {}

    private record OnCallProbe(Path roster) implements Probe<OnCall> {
        @Override
        public Class<OnCall> answerType() {
            return OnCall.class;
        }

        @Override
        public OnCall examine(Examination examination) throws Exception {
            if (Files.notExists(roster)) {
                throw new ProbeUnavailableException("there is no roster", "write one");
            }
            List<String> names = Files.readAllLines(roster);
            names.forEach(n -> examination.record(
                    new Page(n + " was on call"), Moment.unknown(), new Provenance("roster", "line of " + n)));
            examination.coverage(Coverage.complete(names.size() + " lines"));
            return new OnCall(names);
        }
    }

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void writeRoster() throws IOException {
        Files.writeString(folder.resolve("roster.txt"), "Ada\nGrace\n");
    }

    @Override
    public Probe<OnCall> probe() {
        return new OnCallProbe(folder.resolve("roster.txt"));
    }

    @Override
    public Probe<OnCall> probeOfMissingSource() {
        return new OnCallProbe(folder.resolve("missing.txt"));
    }

    @Override
    public String fingerprintOfSource() throws IOException {
        return Files.readString(folder.resolve("roster.txt"));
    }
}
