package io.github.rowsleuth.logs.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The output of a container client. Reading waits no longer than the probe may take, and obeys interruption. */
final class ClientOutput extends InputStream {

    private static final byte[] END = new byte[0];

    private final Process process;
    private final Patience patience;
    private final String client;
    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(16);
    private final Thread pump;
    private byte[] chunk = new byte[1];
    private int at = 1;

    ClientOutput(Process process, Patience patience, String client) throws IOException {
        this.process = process;
        this.patience = patience;
        this.client = client;
        this.pump = new Thread(this::pump, "rowsleuth-log-client");
        pump.setDaemon(true);
        process.getOutputStream().close();
        pump.start();
    }

    private void pump() {
        try (InputStream output = process.getInputStream()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                chunks.put(Arrays.copyOf(buffer, count));
            }
        } catch (IOException killed) {
            // the process was ended by close()
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            chunks.put(END);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (at == chunk.length) {
            if (chunk.length == 0) {
                return -1;
            }
            chunk = take();
            at = 0;
            if (chunk.length == 0) {
                checkExit();
            }
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, target, offset, count);
        at += count;
        return count;
    }

    private byte[] take() throws IOException {
        try {
            byte[] next = chunks.poll(patience.left(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw Patience.outOfTime();
            }
            return next;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void checkExit() throws IOException {
        try {
            if (!process.waitFor(patience.left(), TimeUnit.NANOSECONDS)) {
                throw Patience.outOfTime();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (process.exitValue() != 0) {
            throw new IncompleteLogException(
                    "the end of the log: '" + client + "' ended with " + process.exitValue(),
                    "lines after the last one that was read may be missing",
                    "run it by hand and see what it says");
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /** Ends the client and what it started. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        pump.interrupt();
    }
}
