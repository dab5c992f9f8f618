package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.DeletionStats;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random schemas and random acts on a real server. The server says which tables an act hit; every set of tables is tried
 * to see what the smallest acts are that hit the same; the investigation has to name one of those, and with its
 * alternatives all of them. The seed of a failure is in its message.
 */
class SmallestActPropertyTest {

    private static final int SCHEMAS = 12;
    private static final List<String> ACTIONS = List.of("cascade", "set null", "no action", "restrict", "set default");

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    /** A child, its parent, and whether a DELETE follows the key. */
    private record Key(int child, int parent, boolean cascades) {}

    /** One schema, what was done in it, and what the server then held. */
    private static final class Trial {
        private final String schema;
        private final int tables;
        private final List<Key> keys = new ArrayList<>();
        private final List<String> actions = new ArrayList<>();
        private final boolean truncates;
        private final Set<Integer> roots = new TreeSet<>();
        private final long seed;
        private Set<Integer> hit = Set.of();

        Trial(long seed) {
            Random random = new Random(seed);
            this.seed = seed;
            this.schema = "s" + seed;
            this.tables = 2 + random.nextInt(5);
            for (int i = random.nextInt(2 * tables); i > 0; i--) {
                String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
                keys.add(new Key(random.nextInt(tables), random.nextInt(tables), action.equals("cascade")));
                actions.add(action);
            }
            this.truncates = random.nextBoolean();
            for (int i = random.nextInt(2); i >= 0; i--) {
                roots.add(random.nextInt(tables));
            }
        }

        private String name(int table) {
            return schema + ".t" + table;
        }

        /** Every table holds 1 to 10, and so does each of its references, which are added once all rows are there. */
        List<String> tables() {
            List<String> sql = new ArrayList<>(List.of("create schema " + schema));
            for (int t = 0; t < tables; t++) {
                String references = IntStream.range(0, keys.size())
                        .mapToObj(k -> ", k" + k + " int")
                        .collect(Collectors.joining());
                sql.add("create table " + name(t) + "(id int primary key" + references + ")");
                String copies = ", n".repeat(keys.size());
                sql.add("insert into " + name(t) + " select n" + copies + " from generate_series(1, 10) n");
            }
            for (int k = 0; k < keys.size(); k++) {
                sql.add("alter table " + name(keys.get(k).child()) + " add foreign key (k" + k + ") references "
                        + name(keys.get(k).parent()) + " on delete " + actions.get(k));
            }
            return sql;
        }

        /** What is refused, because rows are still referenced, hits nothing. */
        void act(Database database) throws SQLException {
            String names = roots.stream().map(this::name).collect(Collectors.joining(", "));
            List<String> sql = truncates
                    ? List.of("truncate " + names + " cascade")
                    : Stream.concat(
                                    Stream.concat(
                                            Stream.of("begin"),
                                            roots.stream().map(t -> "delete from " + name(t) + " where id <= 4")),
                                    Stream.of("commit"))
                            .toList();
            try {
                database.run(sql.toArray(String[]::new));
            } catch (SQLException refused) {
                assertThat(refused.getSQLState())
                        .as(String.valueOf(sql))
                        .isIn("23503", "23001"); // From 18 on RESTRICT has a code of its own.
            }
            Set<Integer> left = new TreeSet<>();
            for (int t = 0; t < tables; t++) {
                if (!database.value("select count(*) from " + name(t)).equals("10")) {
                    left.add(t);
                }
            }
            hit = left;
        }

        /** What a statement that names these would hit. */
        private Set<Integer> closure(Set<Integer> named) {
            Set<Integer> reached = new TreeSet<>(named);
            boolean grew = true;
            while (grew) {
                grew = false;
                for (Key key : keys) {
                    if ((truncates || key.cascades()) && reached.contains(key.parent())) {
                        grew |= reached.add(key.child());
                    }
                }
            }
            return reached;
        }

        /** Of all sets of tables those that hit the same, and as few of them as can. */
        Set<Set<Integer>> smallest() {
            Map<Integer, Set<Set<Integer>>> bySize = new TreeMap<>();
            for (int bits = 1; bits < 1 << tables; bits++) {
                int chosen = bits;
                Set<Integer> named = IntStream.range(0, tables)
                        .filter(t -> (chosen >> t & 1) == 1)
                        .boxed()
                        .collect(Collectors.toCollection(TreeSet::new));
                if (closure(named).equals(hit)) {
                    bySize.computeIfAbsent(named.size(), n -> new HashSet<>()).add(named);
                }
            }
            return bySize.values().iterator().next();
        }

        String[] names() {
            return IntStream.range(0, tables).mapToObj(this::name).toArray(String[]::new);
        }

        private Set<Integer> numbers(List<TableName> some) {
            return some.stream()
                    .map(t -> Integer.valueOf(t.name().substring(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        void check(Findings findings) {
            String told = "seed " + seed + ", roots " + roots + (truncates ? " truncated " : " deleted from ") + keys;
            Set<Integer> lost = numbers(findings.fates().stream()
                    .filter(TableFate::hit)
                    .map(TableFate::table)
                    .toList());
            assertThat(lost).as(told).isEqualTo(hit);
            if (hit.isEmpty()) {
                assertThat(findings.acts()).as(told).isEmpty();
                return;
            }
            assertThat(findings.acts()).as(told).hasSize(1);
            Act act = findings.acts().get(0);
            Set<Integer> named = numbers(act.roots());
            Set<Integer> every = numbers(act.alternatives());
            every.addAll(named);
            assertThat(smallest()).as(told).contains(named);
            assertThat(smallest().stream().flatMap(Set::stream).collect(Collectors.toSet()))
                    .as(told)
                    .isEqualTo(every);
            assertThat(act.statement())
                    .as(told)
                    .startsWith(truncates ? "TRUNCATE " : "DELETE FROM ")
                    .matches(s -> s.endsWith(" CASCADE") == (truncates && named.size() < hit.size()));
        }
    }

    private static boolean counted(DeletionStats stats, List<Trial> trials, boolean after) {
        return trials.stream()
                .allMatch(t -> Stream.of(t.names())
                        .allMatch(name -> stats.of(TableName.parse(name))
                                .filter(c -> c.inserted() == 10)
                                .filter(c -> c.live() == live(t, name, after))
                                .isPresent()));
    }

    private static void await(Database database, List<Trial> trials, boolean after) throws Exception {
        assertThat(counted(database.stats(s -> counted(s, trials, after)), trials, after))
                .as("counters")
                .isTrue();
    }

    private static long live(Trial trial, String name, boolean after) {
        boolean hit = after && trial.hit.contains(Integer.valueOf(name.substring(name.indexOf(".t") + 2)));
        return hit ? trial.truncates ? 0 : 6 : 10;
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_act_is_found_again_or_all_that_would_have_done_the_same(int major) throws Exception {
        Database database = Database.on(major);
        database.run("select 1");
        List<Trial> trials = IntStream.range(0, SCHEMAS)
                .mapToObj(i -> new Trial(major * 1_000L + i))
                .toList();
        database.run(trials.stream().flatMap(t -> t.tables().stream()).toArray(String[]::new));
        await(database, trials, false);
        Instant seen = Instant.now();
        for (Trial trial : trials) {
            trial.act(database);
        }
        await(database, trials, true);
        Postgres postgres = Postgres.at(database.url());
        for (Trial trial : trials) {
            trial.check(Investigation.of(trial.names())
                    .lostBetween(seen, Instant.now())
                    .scope(postgres.scope())
                    .deletionStats(postgres.deletionStats())
                    .run());
        }
    }
}
