package io.github.rowsleuth.git.automation.tree;

/**
 * A file of a commit.
 *
 * @param path the path within the repository, with slashes; a name only, never joined to a path of this machine
 * @param contentId names the content: files with the same one hold the same bytes
 */
public record TreeFile(String path, String contentId) {

    public String name() {
        return Paths.name(path);
    }

    /** The folder it lies in, without a slash at the end; empty at the root. */
    public String folder() {
        return Paths.folder(path);
    }
}
