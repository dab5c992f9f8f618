package io.github.rowsleuth.git;

import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.Migrations;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.Scripts;
import io.github.rowsleuth.probe.VolumeChanges;
import io.github.rowsleuth.probe.contract.ProbeContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class GitContractTest {

    @TempDir
    Path folder;

    @BeforeEach
    void build() {
        CleanupIncident.build(folder);
    }

    private GitRepository present() {
        return GitRepository.at(folder);
    }

    private GitRepository missing() {
        return GitRepository.at(folder.resolve("missing"));
    }

    @Nested
    class OfScripts implements ProbeContract<Scripts> {
        @Override
        public Probe<Scripts> probe() {
            return present().scripts();
        }

        @Override
        public Probe<Scripts> probeOfMissingSource() {
            return missing().scripts();
        }

        @Override
        public String fingerprintOfSource() throws Exception {
            return FolderHash.of(folder);
        }
    }

    @Nested
    class OfMigrations implements ProbeContract<Migrations> {
        @Override
        public Probe<Migrations> probe() {
            return present().migrations();
        }

        @Override
        public Probe<Migrations> probeOfMissingSource() {
            return missing().migrations();
        }

        @Override
        public String fingerprintOfSource() throws Exception {
            return FolderHash.of(folder);
        }
    }

    @Nested
    class OfSourceFiles implements ProbeContract<TableSources> {
        @Override
        public Probe<TableSources> probe() {
            return present().sourceFiles();
        }

        @Override
        public Probe<TableSources> probeOfMissingSource() {
            return missing().sourceFiles();
        }

        @Override
        public String fingerprintOfSource() throws Exception {
            return FolderHash.of(folder);
        }
    }

    @Nested
    class OfAutomation implements ProbeContract<Automation> {
        @Override
        public Probe<Automation> probe() {
            return present().automation();
        }

        @Override
        public Probe<Automation> probeOfMissingSource() {
            return missing().automation();
        }

        @Override
        public List<Probe<?>> probesItBuildsOn() {
            return List.of(present().scripts());
        }

        @Override
        public String fingerprintOfSource() throws Exception {
            return FolderHash.of(folder);
        }
    }

    @Nested
    class OfVolumes implements ProbeContract<VolumeChanges> {
        @Override
        public Probe<VolumeChanges> probe() {
            return present().volumes();
        }

        @Override
        public Probe<VolumeChanges> probeOfMissingSource() {
            return missing().volumes();
        }

        @Override
        public String fingerprintOfSource() throws Exception {
            return FolderHash.of(folder);
        }
    }
}
