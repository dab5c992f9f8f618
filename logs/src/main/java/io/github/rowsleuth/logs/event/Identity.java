package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a session is: what the server said when it began. A part of a log that begins later than the session learns it
 * from the part before, when they are joined.
 */
public final class Identity {

    private final Map<Character, String> facts = new HashMap<>();
    private @Nullable Identity before;
    private String sessionId = "";

    void learn(char letter, String value) {
        facts.put(letter, value);
    }

    /** {@return whether that session id can be this session's; the first one is kept} */
    boolean admits(String id) {
        if (sessionId.isEmpty()) {
            sessionId = id;
        }
        return id.isEmpty() || sessionId.equals(id);
    }

    boolean isSession(byte[] b, int from, int to) {
        boolean same = sessionId.length() == to - from;
        for (int i = 0; same && i < sessionId.length(); i++) {
            same = b[from + i] == sessionId.charAt(i);
        }
        return same;
    }

    /** {@return whether nothing is known of it but its id} */
    boolean isBlank() {
        return before == null && facts.isEmpty();
    }

    String sessionId() {
        return sessionId;
    }

    /** Goes on from what another part of the log knows. */
    void continues(Identity earlier) {
        if (earlier.root() != root()) {
            earlier.facts.forEach(facts::putIfAbsent);
            before = earlier.root();
        }
    }

    /** {@return the same for all statements of one session} */
    public Identity root() {
        Identity root = this;
        while (root.before != null) {
            root = root.before;
        }
        return root;
    }

    /** {@return what the server said of the session} */
    public Optional<String> fact(char letter) {
        for (Identity i = this; i != null; i = i.before) {
            String value = i.facts.get(letter);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    void write(Pool.Writer out) throws IOException {
        out.data().writeBoolean(before != null);
        if (before != null) {
            out.identity(before);
        }
        Text.write(out.data(), sessionId);
        out.data().writeInt(facts.size());
        for (Map.Entry<Character, String> fact : facts.entrySet()) {
            out.data().writeChar(fact.getKey());
            Text.write(out.data(), fact.getValue());
        }
    }

    void read(Pool.Reader in) throws IOException {
        before = in.data().readBoolean() ? in.identity() : null;
        sessionId = Text.read(in.data());
        for (int i = in.data().readInt(); i > 0; i--) {
            char letter = in.data().readChar();
            facts.put(letter, Text.read(in.data()));
        }
    }
}
