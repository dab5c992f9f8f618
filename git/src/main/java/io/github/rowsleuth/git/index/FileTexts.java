package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.store.OpenRepository;
import io.github.rowsleuth.git.store.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;

/** Reads the contents of files, and counts those that can not be read. For one thread. */
public final class FileTexts {

    /** Files beyond this size, in bytes, are not read. */
    public static final int MAX_FILE = 1 << 20;

    private static final int BINARY_CHECK = 8_192;
    private static final String LFS = "version https://git-lfs.github.com/spec/";

    private final OpenRepository repository;
    private final ReadCounts counts;
    private final KeptContents kept;

    FileTexts(OpenRepository repository, ReadCounts counts, KeptContents kept) {
        this.repository = repository;
        this.counts = counts;
        this.kept = kept;
    }

    /**
     * {@return the bytes of a file, shared: not to be changed; empty, and counted, where it is too large, binary, missing
     * or only a pointer to where it is kept}
     *
     * @param id its content
     * @throws InterruptedException if the thread is stopped
     */
    public Optional<byte[]> bytes(ObjectId id) throws InterruptedException {
        OpenRepository.checkInterrupt();
        Optional<byte[]> known = kept.of(id);
        if (known.isPresent()) {
            counts.read++;
            return known;
        }
        try {
            byte[] content = repository.objects().file(id, MAX_FILE);
            if (binary(content)) {
                counts.binary++;
                return Optional.empty();
            }
            if (pointer(content)) {
                counts.pointers++;
                return Optional.empty();
            }
            counts.read++;
            kept.keep(id, content);
            return Optional.of(content);
        } catch (LargeObjectException e) {
            counts.large++;
        } catch (IOException e) {
            counts.missing++;
        }
        return Optional.empty();
    }

    /**
     * {@return the text of a file; empty, and counted, where there is none}
     *
     * @param file the file
     * @throws InterruptedException if the thread is stopped
     */
    public Optional<String> text(StoredFile file) throws InterruptedException {
        return bytes(file.id()).map(FileTexts::decoded);
    }

    static String decoded(byte[] content) {
        boolean mark = content.length > 2
                && content[0] == (byte) 0xef
                && content[1] == (byte) 0xbb
                && content[2] == (byte) 0xbf;
        return new String(content, mark ? 3 : 0, content.length - (mark ? 3 : 0), StandardCharsets.UTF_8);
    }

    private static boolean binary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, BINARY_CHECK); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean pointer(byte[] content) {
        return content.length < 400
                && content.length > LFS.length()
                && new String(content, 0, LFS.length(), StandardCharsets.ISO_8859_1).equals(LFS);
    }
}
