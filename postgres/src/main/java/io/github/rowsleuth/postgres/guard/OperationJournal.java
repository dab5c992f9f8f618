package io.github.rowsleuth.postgres.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** A file in which every line is on the disk before the next thing happens. Names and numbers, and no values. */
record OperationJournal(Path file) {

    void note(Instant now, OperationPlan plan, String what) {
        String line = now + " plan " + plan.id() + " " + what.replace('\n', ' ') + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new GuardException(
                    Layer.JOURNAL,
                    "expected a journal that can be written, found that " + file + " can not ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }
}
