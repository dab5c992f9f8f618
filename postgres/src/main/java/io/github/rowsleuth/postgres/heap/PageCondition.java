package io.github.rowsleuth.postgres.heap;

/** Whether the bytes of a page can be what they should be. */
public enum PageCondition {
    /** Header, line pointers and tuple headers lie where they may. */
    SOUND,
    /** All zeros: the file was extended, and the page never used. */
    NEW,
    /** Header, a line pointer or a tuple header can not be; what is sound on it was counted. */
    DAMAGED,
    /** Of a server whose numbers begin with their highest byte: nothing was counted. */
    BIG_ENDIAN,
    /** Of another layout version, or not of a heap: nothing was counted. */
    OTHER_LAYOUT
}
