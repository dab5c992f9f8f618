package io.github.rowsleuth.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.PackParser;

/**
 * Writes git objects, one file each. JGit's own repository also measures the file system, in the background and within
 * the repository, and keeps what it finds in the home of whoever runs this.
 */
final class LooseObjects extends ObjectInserter {

    private final Path objects;

    LooseObjects(Path objects) {
        this.objects = objects;
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        byte[] content = in.readAllBytes();
        ObjectId id = idFor(type, content);
        Path file = objects.resolve(id.name().substring(0, 2)).resolve(id.name().substring(2));
        if (Files.exists(file)) {
            return id;
        }
        Files.createDirectories(objects.resolve(id.name().substring(0, 2)));
        try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
            String header = Constants.typeString(type) + " " + content.length + "\0";
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            out.write(content);
        }
        return id;
    }

    @Override
    public PackParser newPackParser(InputStream in) {
        throw new UnsupportedOperationException("objects are written one by one");
    }

    @Override
    public ObjectReader newReader() {
        throw new UnsupportedOperationException("objects are only written");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
