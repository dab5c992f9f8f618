package io.github.rowsleuth.prevention;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Gives a file another name in its folder. By a hard link, which fails where the name is taken, and then a deletion of the
 * old name: an atomic move would overwrite without a word, and a check before an ordinary one can be too late.
 */
final class Renaming {

    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private Renaming() {}

    static void rename(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException("expected no file named " + to + ", found one: nothing is ever overwritten", e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new RefusedException(
                    "expected to give " + from + " a second name in its folder, and may not: "
                            + e.getClass().getSimpleName()
                            + ". The folder is read-only, the file is a mount point of its own, or the file system has no"
                            + " hard links; rename it by hand",
                    e);
        }
        try {
            Files.delete(from);
        } catch (IOException e) {
            Files.delete(to);
            throw e;
        }
    }

    /** Such as {@code rwxr-xr-x}; empty where the file system has no such thing. */
    static String permissions(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                : "";
    }

    static void withoutExecution(Path file, String permissions) throws IOException {
        if (!permissions.isEmpty()) {
            Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
            left.addAll(PosixFilePermissions.fromString(permissions));
            left.removeAll(EXECUTE);
            Files.setPosixFilePermissions(file, left);
        }
    }

    static void restorePermissions(Path file, String permissions) throws IOException {
        if (!permissions.isEmpty()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }
}
