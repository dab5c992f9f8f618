package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.language.Severities;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the parts of a head line stand. Used again for every line, since most lines need nothing of it. */
public final class PrefixMatch {

    final int[] starts = new int[Fields.LETTERS.length()];
    final int[] ends = new int[Fields.LETTERS.length()];
    int wordStart;
    int wordEnd;
    int textStart;
    int steps;

    void clear() {
        Arrays.fill(starts, -1);
    }

    /** {@return how many fields say something; what a command tag says is not used} */
    int says() {
        int fields = 0;
        for (int i = 0; i < starts.length; i++) {
            fields += starts[i] >= 0 && ends[i] > starts[i] && i != Fields.index('i') ? 1 : 0;
        }
        return fields;
    }

    /** {@return where the text after the severity begins} */
    public int textStart() {
        return textStart;
    }

    /** {@return where the severity begins} */
    public int wordStart() {
        return wordStart;
    }

    /** {@return past the end of the severity} */
    public int wordEnd() {
        return wordEnd;
    }

    /** {@return where the field of that letter begins, -1 if the line has none} */
    public int start(char letter) {
        return starts[Fields.index(letter)];
    }

    /** {@return past the end of that field} */
    public int end(char letter) {
        return ends[Fields.index(letter)];
    }

    /** {@return what the line begins} */
    public Part part(byte[] b) {
        if (wordEnd - wordStart == 3 && b[wordStart] == 'L' && b[wordStart + 1] == 'O' && b[wordStart + 2] == 'G') {
            return Part.LOG;
        }
        return Severities.of(new String(b, wordStart, wordEnd - wordStart, StandardCharsets.UTF_8));
    }

    /** {@return the process, 0 if the line does not tell} */
    public long process(byte[] b) {
        int from = start('p');
        int end = end('p');
        if (from < 0 || end - from > 18) {
            return 0;
        }
        long process = 0;
        for (int i = from; i < end; i++) {
            process = process * 10 + b[i] - '0';
        }
        return process;
    }

    Head head(byte[] b, int to) {
        Fields fields = new Fields();
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] >= 0) {
                fields.set(
                        Fields.LETTERS.charAt(i),
                        Text.decode(b, starts[i], ends[i]).strip());
            }
        }
        String word = new String(b, wordStart, wordEnd - wordStart, StandardCharsets.UTF_8);
        Part part = Severities.of(word);
        return new Head(fields, part, word, Text.decode(b, textStart, to), stamp(b, fields));
    }

    private Stamp stamp(byte[] b, Fields fields) {
        if (start('n') >= 0) {
            return fields.get('n').map(StampReader::epoch).orElse(Stamp.UNKNOWN);
        }
        char letter = start('m') >= 0 ? 'm' : 't';
        return start(letter) < 0 ? Stamp.UNKNOWN : StampReader.read(b, start(letter), end(letter));
    }
}
