package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.time.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The line that begins a record or a part of one.
 *
 * @param fields what it says of its origin
 * @param part what it begins
 * @param word its severity as printed
 * @param text what follows the severity
 * @param stamp when it was written
 */
public record Head(Fields fields, Part part, String word, String text, Stamp stamp) {

    Head withText(String other) {
        return new Head(fields, part, word, other, stamp);
    }

    void write(DataOutput out) throws IOException {
        fields.write(out);
        out.writeUTF(part.name());
        Text.write(out, word);
        Text.write(out, text);
        stamp.write(out);
    }

    static Head read(DataInput in) throws IOException {
        return new Head(Fields.read(in), Part.valueOf(in.readUTF()), Text.read(in), Text.read(in), Stamp.read(in));
    }
}
