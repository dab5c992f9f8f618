package io.github.rowsleuth.logs;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sessions that are open, by what the prefix tells of them; the ones that were silent longest are forgotten. */
final class SessionTable {

    private static final int MAX = 10_000;
    private static final String RECEIVED = "connection received: host=";
    private static final String AUTHORIZED = "connection authorized: ";

    private final Map<String, Session> open = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MAX;
        }
    };
    private long sessions;

    Session of(Head head) {
        return of(head.session());
    }

    private Session of(String key) {
        return open.computeIfAbsent(key, k -> new Session(++sessions));
    }

    /**
     * {@return the session of that process, for messages of the postmaster about another one}
     *
     * @param pid the process
     * @param head the head of the message
     */
    Session ofProcess(String pid, Head head) {
        return head.field('c').isPresent() ? new Session(++sessions) : of(pid);
    }

    /** Follows beginnings and ends of sessions. {@return whether the record spoke of one} */
    boolean follow(LogRecord record) {
        String message = record.message();
        Head head = record.head();
        if (message.startsWith(RECEIVED)) {
            end(head);
            String host = message.substring(RECEIVED.length());
            int port = host.indexOf(" port=");
            of(head).learn('h', port < 0 ? host : host.substring(0, port));
        } else if (message.startsWith(AUTHORIZED)) {
            authorized(message.substring(AUTHORIZED.length()), of(head));
        } else if (message.startsWith("disconnection: ")) {
            end(head);
        } else if (message.startsWith("starting PostgreSQL ")
                || message.startsWith("all server processes terminated")) {
            open.values().forEach(Session::closed);
            open.clear(); // process ids begin anew, in a container with the same numbers
        } else {
            return false;
        }
        return true;
    }

    private void end(Head head) {
        Session ended = open.remove(head.session());
        if (ended != null) {
            ended.closed();
        }
    }

    /** {@code user=… database=… application_name=… SSL enabled (…)}: values are not quoted, so the keys delimit them. */
    private static void authorized(String text, Session session) {
        learn('u', "user=", text, session);
        learn('d', " database=", text, session);
        learn('a', " application_name=", text, session);
    }

    private static void learn(char escape, String key, String text, Session session) {
        int at = text.indexOf(key);
        if (at < 0) {
            return;
        }
        int from = at + key.length();
        int to = text.length();
        for (String next : new String[] {" database=", " application_name=", " SSL enabled", " GSS ("}) {
            int end = text.indexOf(next, from);
            to = end >= 0 && end < to ? end : to;
        }
        if (to > from) {
            session.learn(escape, text.substring(from, to));
        }
    }
}
