package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;
import io.github.rowsleuth.recovery.Backups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class BackupsContractTest implements ProbeContract<Backups> {

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws Exception {
        try (var dump = BackupsContractTest.class.getResourceAsStream("shop.dump")) {
            Files.write(folder.resolve("shop.dump"), dump.readAllBytes());
        }
    }

    @Override
    public Probe<Backups> probe() {
        return PostgresBackups.in(folder).backups();
    }

    @Override
    public Probe<Backups> probeOfMissingSource() {
        return PostgresBackups.in(folder.resolve("nowhere")).backups();
    }

    @Override
    public String fingerprintOfSource() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                all.append(file).append(Files.getLastModifiedTime(file));
                all.append(Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
            }
            return all.toString();
        }
    }
}
