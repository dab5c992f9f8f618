package io.github.rowsleuth.logs.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Stands for a text that is compared and not kept: texts can be long, and sessions many.
 *
 * @param hash its hash
 * @param length its length, 0 for no text
 */
record TextKey(int hash, int length) {

    static final TextKey NONE = new TextKey(0, 0);

    static TextKey of(String text) {
        return new TextKey(text.hashCode(), text.length());
    }

    boolean isNone() {
        return length == 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(hash);
        out.writeInt(length);
    }

    static TextKey read(DataInput in) throws IOException {
        return new TextKey(in.readInt(), in.readInt());
    }
}
