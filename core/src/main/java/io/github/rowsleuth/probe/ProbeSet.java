package io.github.rowsleuth.probe;

import java.util.List;

/** All probes that one source offers. */
@FunctionalInterface
public interface ProbeSet {

    /** {@return the probes, in no particular order} */
    List<Probe<?>> probes();
}
