package io.github.rowsleuth.prevention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** How one script comes back: looked at first, so that all come back or none. */
record Undoing(Path script, Path disabled, String permissions, State state) {

    /** What is there now. */
    enum State {
        /** The file has its new name. */
        RENAMED,
        /** The file has both names: the renaming was interrupted. */
        HALF,
        /** The file never lost its old name. */
        UNTOUCHED
    }

    static Undoing of(Path root, UndoManifest.Entry entry) throws IOException {
        Path script = inside(root, entry.script());
        Path disabled = inside(root, entry.disabledAs());
        boolean old = Files.exists(script, LinkOption.NOFOLLOW_LINKS);
        boolean renamed = Files.exists(disabled, LinkOption.NOFOLLOW_LINKS);
        if (renamed && !intact(disabled, entry)) {
            throw new RefusedException(
                    "expected " + disabled + " as it was disabled, found it changed: bring it back by hand");
        }
        if (old && renamed && !Files.isSameFile(script, disabled)) {
            throw new RefusedException("expected the old name to be free, found another file at " + script
                    + ": nothing is ever overwritten; bring " + disabled + " back by hand");
        }
        if (!old && !renamed) {
            throw new RefusedException("expected the disabled script, found nothing at " + disabled);
        }
        return new Undoing(
                script, disabled, entry.permissions(), old ? (renamed ? State.HALF : State.UNTOUCHED) : State.RENAMED);
    }

    private static Path inside(Path root, String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw new RefusedException("expected paths within " + root + " in the manifest, found " + path);
        }
        return file;
    }

    private static boolean intact(Path file, UndoManifest.Entry entry) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Digests.of(file).equals(entry.sha256());
    }

    void perform() throws IOException {
        switch (state) {
            case RENAMED -> Renaming.rename(disabled, script);
            case HALF -> Files.delete(disabled);
            case UNTOUCHED -> {
                return;
            }
        }
        Renaming.restorePermissions(script, permissions);
    }
}
