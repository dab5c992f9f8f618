package io.github.rowsleuth.postgres;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How many pages may be read, and where they are kept.
 *
 * @param limit of pages in all
 * @param folder where to keep them, if anywhere
 * @param opener opens files there
 */
record PageOptions(long limit, Optional<Path> folder, PageFile.Opener opener) {

    /** 1 GB with the usual page size. */
    static final PageOptions DEFAULT = new PageOptions(131_072, Optional.empty(), Files::newByteChannel);

    PageOptions withLimit(long pages) {
        if (pages < 1) {
            throw new IllegalArgumentException("expected a limit of at least one page, found " + pages
                    + "; leave the probe out with Investigation.probe(…) if no page may be read");
        }
        return new PageOptions(pages, folder, opener);
    }

    PageOptions keepingIn(Path place) {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException("expected a folder to keep pages in, found "
                    + (Files.isSymbolicLink(place)
                            ? "a symbolic link: give the folder it leads to"
                            : Files.exists(place) ? "something else" : "nothing")
                    + " at " + place);
        }
        return new PageOptions(limit, Optional.of(place.toAbsolutePath()), opener);
    }
}
