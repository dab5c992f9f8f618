package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** One log: a file, or the output of a container. */
interface LogStream {

    /** {@return how evidence names it} */
    String name();

    /**
     * {@return its bytes, unpacked; reading throws {@link IncompleteLogException} where they end too early}
     *
     * @param limits until when it may take
     */
    Bytes open(Patience limits) throws IOException, ProbeUnavailableException;

    /** Open bytes. */
    interface Bytes extends Closeable {

        InputStream in();
    }
}
