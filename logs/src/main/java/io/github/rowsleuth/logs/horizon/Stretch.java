package io.github.rowsleuth.logs.horizon;

import io.github.rowsleuth.logs.record.Origin;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.record.Text;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stretch of a log between two changes of a setting that decides what it shows. */
final class Stretch {

    private final @Nullable Place begin;
    private final String setting;
    private final String value;
    private int signs;

    /**
     * Makes a stretch.
     *
     * @param begin the record that says so; null where a part of a log begins
     * @param setting the setting that changed, empty where a part of a log begins
     * @param value its new value, empty for its default
     */
    Stretch(@Nullable Place begin, String setting, String value) {
        this.begin = begin;
        this.setting = setting;
        this.value = value;
    }

    @Nullable Place begin() {
        return begin;
    }

    String setting() {
        return setting;
    }

    String value() {
        return value;
    }

    int signs() {
        return signs;
    }

    void sign(int more) {
        signs |= more;
    }

    boolean beginsBefore(Place place) {
        return begin == null || begin.compareTo(place) <= 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(begin != null);
        if (begin != null) {
            begin.write(out);
        }
        Text.write(out, setting);
        Text.write(out, value);
        out.writeInt(signs);
    }

    static Stretch read(DataInput in, Origin origin) throws IOException {
        Place begin = in.readBoolean() ? Place.read(in, origin) : null;
        Stretch stretch = new Stretch(begin, Text.read(in), Text.read(in));
        stretch.signs = in.readInt();
        return stretch;
    }
}
