package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.Origin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Writes and reads what several others refer to once, so that it is one thing again after reading. */
public final class Pool {

    private Pool() {}

    /** Writes. */
    public static final class Writer {

        private final DataOutputStream data;
        private final IdentityHashMap<Identity, Integer> identities = new IdentityHashMap<>();
        private final IdentityHashMap<Sighting, Integer> sightings = new IdentityHashMap<>();
        private int mostDone = Integer.MAX_VALUE;

        /** Writes to that stream. */
        public Writer(DataOutputStream data) {
            this.data = data;
        }

        /** {@return where everything else goes} */
        public DataOutputStream data() {
            return data;
        }

        /** Of the statements of a session that are over, only so many of the newest are written. */
        public void atMostDone(int most) {
            mostDone = most;
        }

        /** Writes the newest of statements that are over. */
        void done(List<Sighting> list) throws IOException {
            sightings(list.subList(Math.max(0, list.size() - mostDone), list.size()));
        }

        /** {@return the statements that were written} */
        public Set<Sighting> sightings() {
            return Collections.unmodifiableSet(sightings.keySet());
        }

        void identity(Identity identity) throws IOException {
            Integer known = identities.get(identity);
            data.writeInt(known == null ? -1 : known);
            if (known == null) {
                identities.put(identity, identities.size());
                identity.write(this);
            }
        }

        void sighting(Sighting sighting) throws IOException {
            Integer known = sightings.get(sighting);
            data.writeInt(known == null ? -1 : known);
            if (known == null) {
                sightings.put(sighting, sightings.size());
                sighting.write(this);
            }
        }

        void sightings(List<Sighting> list) throws IOException {
            data.writeInt(list.size());
            for (Sighting sighting : list) {
                sighting(sighting);
            }
        }
    }

    /** Reads. */
    public static final class Reader {

        private final DataInputStream data;
        private final Origin origin;
        private final List<Identity> identities = new ArrayList<>();
        private final List<Sighting> sightings = new ArrayList<>();

        /** Reads from that stream what belongs to that part of a log. */
        public Reader(DataInputStream data, Origin origin) {
            this.data = data;
            this.origin = origin;
        }

        /** {@return the statements that were read} */
        public List<Sighting> read() {
            return List.copyOf(sightings);
        }

        /** {@return the part of a log} */
        public Origin origin() {
            return origin;
        }

        /** {@return where everything else is} */
        public DataInputStream data() {
            return data;
        }

        Identity identity() throws IOException {
            int number = data.readInt();
            if (number >= 0) {
                return identities.get(number);
            }
            Identity identity = new Identity();
            identities.add(identity);
            identity.read(this);
            return identity;
        }

        Sighting sighting() throws IOException {
            int number = data.readInt();
            if (number >= 0) {
                return sightings.get(number);
            }
            Sighting sighting = Sighting.read(this); // refers to no other
            sightings.add(sighting);
            return sighting;
        }

        List<Sighting> sightings() throws IOException {
            List<Sighting> list = new ArrayList<>();
            for (int i = data.readInt(); i > 0; i--) {
                list.add(sighting());
            }
            return list;
        }
    }
}
