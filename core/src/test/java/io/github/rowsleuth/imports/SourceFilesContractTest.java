package io.github.rowsleuth.imports;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesContractTest implements ProbeContract<TableSources> {

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("orders.csv"), "id,total\n1,2\n");
    }

    @Override
    public Probe<TableSources> probe() {
        return SourceFiles.in(folder).sources();
    }

    @Override
    public Probe<TableSources> probeOfMissingSource() {
        return SourceFiles.in(folder.resolve("nowhere")).sources();
    }

    @Override
    public String fingerprintOfSource() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                all.append(file).append(Files.getLastModifiedTime(file));
                all.append(Files.isRegularFile(file) ? Files.readString(file) : "");
            }
        }
        return all.toString();
    }
}
