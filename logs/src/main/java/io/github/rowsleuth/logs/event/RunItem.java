package io.github.rowsleuth.logs.event;

/** Something that a text does when it runs: it destroys, or it changes its transaction. */
sealed interface RunItem permits Sighting, Step {}
