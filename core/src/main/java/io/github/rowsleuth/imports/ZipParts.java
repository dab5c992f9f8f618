package io.github.rowsleuth.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Unpacks the parts of a zip file one after the other, all together up to a limit. */
final class ZipParts {

    private static final int MOST_PARTS = 10_000;

    /** The list of the parts at the end of the file is held in memory as a whole. */
    private static final long LONGEST_LIST = 4 << 20;

    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int END = 0x06054b50;
    private static final int LIST_SIZE_AT = 12;

    private final long[] left;
    private final Budget budget;
    private int count;

    ZipParts(long most, Budget budget) {
        this.left = new long[] {most};
        this.budget = budget;
    }

    /** Sees the bytes of a part, which end early where the limit comes first. */
    interface Part {
        void read(String name, InputStream in) throws IOException;
    }

    /** Shows every part; by the list at its end for a file of the machine, since not every writer fills the heads in. */
    void each(SourceContent content, Part part) throws IOException {
        Optional<Path> file = content.file();
        try {
            if (file.isPresent()) {
                listed(file.get(), part);
            } else {
                streamed(content, part);
            }
        } catch (IllegalArgumentException e) {
            // Names that are no text: the JDK does not call that an exception of the format.
            throw new IOException("the name of a part can not be read", e);
        }
    }

    private void listed(Path file, Part part) throws IOException {
        refuseLongList(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    next(entry, in, part);
                }
            }
        }
    }

    private void streamed(SourceContent content, Part part) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(content.open()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                BoundedInput bounded = next(entry, zip, part);
                bounded.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private BoundedInput next(ZipEntry entry, InputStream in, Part part) throws IOException {
        if (++count > MOST_PARTS) {
            throw new IOException("it has more than " + MOST_PARTS + " parts");
        }
        BoundedInput bounded = new BoundedInput(in, left, budget);
        part.read(entry.getName(), bounded);
        return bounded;
    }

    /** Its length stands near the end of the file (APPNOTE.TXT, "End of central directory record"). */
    private static void refuseLongList(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - END_LENGTH - LONGEST_COMMENT);
            ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
            while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {
                // Until the end.
            }
            end.flip();
            for (int at = end.limit() - END_LENGTH; at >= 0; at--) {
                if (end.getInt(at) == END) {
                    long size = Integer.toUnsignedLong(end.getInt(at + LIST_SIZE_AT));
                    if (size > LONGEST_LIST) {
                        throw new IOException("its list of parts is longer than any workbook has");
                    }
                    return;
                }
            }
        }
    }
}
