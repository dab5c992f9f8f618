package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.source.Patience;
import io.github.rowsleuth.logs.source.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads a file range by range, several at a time, and joins what was found in their order. */
public final class Ranges {

    /** Small enough that what a range holds back is little, big enough that its beginning does not matter. */
    private static final long RANGE = 8L << 20;

    private final Scan scan;
    private final PlainFile file;
    private final String name;
    private final Patience patience;
    private final long range;

    /** Reads that file, in ranges of a fitting size. */
    public Ranges(Scan scan, PlainFile file, String name, Patience patience) {
        this(scan, file, name, patience, RANGE);
    }

    Ranges(Scan scan, PlainFile file, String name, Patience patience, long range) {
        this.scan = scan;
        this.file = file;
        this.name = name;
        this.patience = patience;
        this.range = range;
    }

    /** {@return whether it is worth while} */
    public static boolean pays(PlainFile file, int threads) {
        return threads > 1 && file.size() > 2 * RANGE;
    }

    /**
     * Reads.
     *
     * @param from the byte to begin with
     * @param target what the ranges are joined to
     * @param threads how many at a time
     */
    public void read(long from, Slice target, int threads) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "rowsleuth-log-range");
            thread.setDaemon(true);
            return thread;
        });
        Deque<Future<Slice>> running = new ArrayDeque<>();
        try {
            long next = from;
            while (next < file.size() || !running.isEmpty()) {
                while (next < file.size() && running.size() < threads + 2) {
                    long begin = next;
                    next = Math.min(file.size(), next + range);
                    long end = next;
                    running.add(workers.submit(() -> slice(begin, end)));
                }
                target.join(result(running.remove()));
                patience.check();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private Slice slice(long begin, long end) throws IOException {
        Slice slice = Slice.anywhere(scan, name);
        Feeder feeder = new Feeder(slice);
        try (InputStream in = file.open(begin, end)) {
            while (feeder.feed(in)) {
                patience.check();
            }
        }
        feeder.pause();
        return slice;
    }

    private static Slice result(Future<Slice> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
