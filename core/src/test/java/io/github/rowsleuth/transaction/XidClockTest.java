package io.github.rowsleuth.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class XidClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long FIRST = 3;
    private static final long IDS = 200;

    private static Instant after(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static XidAnchor notBefore(long xid, long seconds) {
        return new XidAnchor(xid, Moment.notBefore(after(seconds)), "a lower bound");
    }

    private static XidAnchor notAfter(long xid, long seconds) {
        return new XidAnchor(xid, Moment.notAfter(after(seconds)), "an upper bound");
    }

    @Test
    void without_anchors_it_knows_nothing() {
        assertThat(XidClock.of(List.of()).assigned(700)).isEqualTo(Moment.unknown());
        assertThat(XidClock.of(List.of()).contradictory()).isEmpty();
    }

    @Test
    void neighbours_bound_an_id_to_both_sides() {
        XidClock clock = XidClock.of(List.of(
                notAfter(720, 90), notBefore(700, 10), notBefore(690, 30), notAfter(710, 60), notAfter(705, 50)));

        assertThat(clock.assigned(707)).isEqualTo(Moment.between(after(30), after(60)));
        assertThat(clock.assigned(690)).isEqualTo(Moment.between(after(30), after(50)));
        assertThat(clock.assigned(720)).isEqualTo(Moment.between(after(30), after(90)));
        assertThat(clock.assigned(721)).isEqualTo(Moment.notBefore(after(30)));
        assertThat(clock.assigned(689)).isEqualTo(Moment.notAfter(after(50)));
    }

    @Test
    void an_id_that_is_dated_itself_has_its_own_moment() {
        XidClock clock = XidClock.of(List.of(new XidAnchor(700, Moment.between(after(10), after(20)), "a commit")));

        assertThat(clock.assigned(700)).isEqualTo(Moment.between(after(10), after(20)));
        assertThat(clock.assigned(699)).isEqualTo(Moment.notAfter(after(20)));
        assertThat(clock.assigned(701)).isEqualTo(Moment.notBefore(after(10)));
    }

    @Test
    void anchors_that_contradict_each_other_are_listed_and_not_used() {
        XidAnchor early = notBefore(650, 5);
        XidAnchor late = notBefore(700, 60);
        XidAnchor before = notAfter(710, 50);
        XidAnchor sound = notAfter(730, 90);

        XidClock clock = XidClock.of(List.of(before, sound, late, early));

        assertThat(clock.contradictory()).containsExactly(late, before);
        assertThat(clock.assigned(705)).as("wider, not false").isEqualTo(Moment.between(after(5), after(90)));
    }

    @Test
    void one_wrong_anchor_does_not_date_the_ids_that_nothing_else_bounds() {
        XidAnchor wrong = notAfter(800, -1_000_000);
        XidClock clock = XidClock.of(List.of(notBefore(700, 0), wrong));

        assertThat(clock.contradictory()).contains(wrong);
        assertThat(clock.assigned(10)).isEqualTo(Moment.unknown());
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    /** When each id was assigned, in a history made up from that seed. */
    private static List<Instant> history(SplittableRandom random) {
        List<Instant> assigned = new ArrayList<>();
        Instant now = NOON;
        for (long id = 0; id < IDS; id++) {
            now = now.plus(Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(3_600_000) : random.nextInt(50)));
            assigned.add(now);
        }
        return assigned;
    }

    private static List<XidAnchor> trueAnchors(SplittableRandom random, List<Instant> history) {
        List<XidAnchor> anchors = new ArrayList<>();
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
            int id = random.nextInt((int) IDS);
            Instant assigned = history.get(id);
            Instant earlier = assigned.minusMillis(random.nextInt(1_000_000));
            Instant later = assigned.plusMillis(random.nextInt(1_000_000));
            anchors.add(new XidAnchor(
                    FIRST + id,
                    switch (random.nextInt(3)) {
                        case 0 -> Moment.notBefore(earlier);
                        case 1 -> Moment.notAfter(later);
                        default -> Moment.between(earlier, later);
                    },
                    "anchor " + i));
        }
        return anchors;
    }

    private static boolean holds(Moment moment, Instant instant) {
        return moment.overlaps(Moment.at(instant));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void true_anchors_never_exclude_the_truth_and_never_contradict_each_other(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Instant> history = history(random);
        XidClock clock = XidClock.of(trueAnchors(random, history));

        assertThat(clock.contradictory()).isEmpty();
        for (int id = 0; id < IDS; id++) {
            assertThat(holds(clock.assigned(FIRST + id), history.get(id)))
                    .as("id %s, seed %s", id, seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void another_true_anchor_never_makes_a_moment_wider_and_the_order_does_not_matter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Instant> history = history(random);
        List<XidAnchor> anchors = trueAnchors(random, history);
        XidClock few = XidClock.of(anchors.subList(0, anchors.size() / 2));
        List<XidAnchor> shuffled = new ArrayList<>(anchors);
        Collections.shuffle(shuffled, new Random(seed));
        XidClock all = XidClock.of(anchors);

        for (long xid = FIRST; xid < FIRST + IDS; xid++) {
            Moment narrow = all.assigned(xid);
            assertThat(few.assigned(xid).narrowedBy(narrow)).isEqualTo(narrow);
            assertThat(XidClock.of(shuffled).assigned(xid)).isEqualTo(narrow);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatever_is_claimed_it_never_throws_and_keeps_to_what_nobody_contradicts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<XidAnchor> anchors = new ArrayList<>(trueAnchors(random, history(random)));
        for (int i = 0; i < 5; i++) {
            anchors.add(notAfter(FIRST + random.nextInt((int) IDS), random.nextInt(2_000_000) - 1_000_000L));
            anchors.add(notBefore(FIRST + random.nextInt((int) IDS), random.nextInt(2_000_000) - 1_000_000L));
        }
        XidClock clock = XidClock.of(anchors);
        List<XidAnchor> sound = new ArrayList<>(anchors);
        sound.removeAll(clock.contradictory());

        assertThat(XidClock.of(sound).contradictory()).isEmpty();
        for (long xid = FIRST - 1; xid <= FIRST + IDS; xid++) {
            assertThat(clock.assigned(xid)).isEqualTo(XidClock.of(sound).assigned(xid));
        }
    }
}
