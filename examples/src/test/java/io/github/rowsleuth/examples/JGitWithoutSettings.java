package io.github.rowsleuth.examples;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit, with which the staged repository is written, from reading the settings of whoever runs this and from leaving
 * a file of its own in their home. It holds for the whole process: only a program of one's own may do that.
 */
final class JGitWithoutSettings extends SystemReader.Delegate {

    private JGitWithoutSettings(SystemReader reader) {
        super(reader);
    }

    static void install() {
        SystemReader.setInstance(new JGitWithoutSettings(SystemReader.getInstance()));
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoFile(parent, fs);
    }

    private static final class NoFile extends FileBasedConfig {

        NoFile(Config parent, FS fs) {
            super(parent, new File("no-settings"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
