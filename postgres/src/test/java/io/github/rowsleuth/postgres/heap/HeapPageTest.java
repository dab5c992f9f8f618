package io.github.rowsleuth.postgres.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeapPageTest {
    private static final int COMMITTED = 0x0100;
    private static final int NEVER_DELETED = 0x0800;
    private static final long BLOCK = 70_000;

    private final TupleTally tally = new TupleTally();
    private final HeapPage page = new HeapPage(PageBuilder.SIZE, tally);

    private static PageBuilder threeRows() {
        return new PageBuilder()
                .tuple(700, 0, COMMITTED | NEVER_DELETED, BLOCK, 1)
                .tuple(700, 701, COMMITTED, BLOCK, 2)
                .tuple(700, 702, COMMITTED, BLOCK, 4);
    }

    @Test
    void a_row_that_points_at_itself_was_deleted_and_one_that_points_on_was_updated() {
        assertThat(page.count(threeRows().bytes(), 0, BLOCK)).isEqualTo(PageCondition.SOUND);

        assertThat(tally.live()).isEqualTo(1);
        assertThat(tally.takeGroups())
                .containsExactlyInAnyOrder(
                        new TupleGroup(0, 701, TupleGroup.DELETE, 1), new TupleGroup(0, 702, TupleGroup.UPDATE, 1));
    }

    @Test
    void a_page_may_lie_anywhere_in_its_bytes() {
        byte[] message = new byte[3 + PageBuilder.SIZE];
        System.arraycopy(threeRows().bytes(), 0, message, 3, PageBuilder.SIZE);

        assertThat(page.count(message, 3, BLOCK)).isEqualTo(PageCondition.SOUND);
        assertThat(tally.live()).isEqualTo(1);
        assertThat(HeapPage.lsn(message, 3)).isEqualTo(0x1_0200_0030L);
    }

    @Test
    void ids_have_32_bits_without_a_sign() {
        page.count(new PageBuilder().tuple(-10, -5, 0, BLOCK, 1).bytes(), 0, BLOCK);

        assertThat(tally.takeGroups())
                .containsExactly(new TupleGroup(4_294_967_286L, 4_294_967_291L, TupleGroup.DELETE, 1));
    }

    @Test
    void a_speculative_insertion_that_gave_way_was_never_there() {
        page.count(new PageBuilder().tuple(0, 0, NEVER_DELETED, BLOCK, 0xFFFE).bytes(), 0, BLOCK);

        assertThat(tally.insertionsRolledBack()).isEqualTo(1);
    }

    @Test
    void frozen_rows_of_old_servers_live() {
        page.count(new PageBuilder().tuple(2, 0, NEVER_DELETED, BLOCK, 1).bytes(), 0, BLOCK);

        assertThat(tally.live()).isEqualTo(1);
    }

    @Test
    void rows_that_a_vacuum_full_before_9_0_moved_are_left_undecided() {
        page.count(
                new PageBuilder()
                        .tuple(700, 0, 0x4000 | NEVER_DELETED, BLOCK, 1)
                        .bytes(),
                0,
                BLOCK);

        assertThat(tally.undecided()).isEqualTo(1);
    }

    @Test
    void a_page_that_was_never_used_is_no_damage() {
        byte[] zeros = new byte[PageBuilder.SIZE];

        assertThat(page.count(zeros, 0, BLOCK)).isEqualTo(PageCondition.NEW);
        zeros[5_000] = 1;
        assertThat(page.count(zeros, 0, BLOCK)).isEqualTo(PageCondition.DAMAGED);
    }

    @Test
    void other_byte_orders_and_layouts_are_refused() {
        byte[] big = new PageBuilder(ByteOrder.BIG_ENDIAN)
                .tuple(700, 0, COMMITTED, BLOCK, 1)
                .bytes();
        byte[] newer = threeRows().bytes();
        newer[18] = 5;
        byte[] index = threeRows().bytes();
        ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN).putShort(16, (short) (PageBuilder.SIZE - 16));

        assertThat(page.count(big, 0, BLOCK)).isEqualTo(PageCondition.BIG_ENDIAN);
        assertThat(page.count(newer, 0, BLOCK)).isEqualTo(PageCondition.OTHER_LAYOUT);
        assertThat(page.count(index, 0, BLOCK)).isEqualTo(PageCondition.OTHER_LAYOUT);
        assertThat(tally.live() + tally.groupCount()).isZero();
    }

    @Test
    void a_pointer_that_leads_off_the_page_spoils_only_itself() {
        byte[] bytes = threeRows().pointer(8_190, 1, 100).pointer(32, 1, 32).bytes();

        assertThat(page.count(bytes, 0, BLOCK)).isEqualTo(PageCondition.DAMAGED);
        assertThat(tally.undecided()).isEqualTo(2);
        assertThat(tally.live()).isEqualTo(1);
        assertThat(tally.groupCount()).isEqualTo(2);
    }

    @Test
    void a_dead_pointer_is_a_row_without_data() {
        page.count(
                threeRows().pointer(0, 3, 0).pointer(0, 0, 0).pointer(1, 2, 0).bytes(), 0, BLOCK);

        assertThat(tally.pruned()).isEqualTo(1);
        assertThat(tally.undecided()).isZero();
    }

    /** No bytes make it throw, and nothing is counted more often than there are pointers. */
    @Test
    void any_bytes_are_survived() {
        Random random = new Random(4711);
        byte[] noise = new byte[PageBuilder.SIZE];
        byte[] sound = full().bytes();
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = round % 2 == 0 ? noise : sound.clone();
            if (round % 2 == 0) {
                random.nextBytes(bytes);
                // Let half of the noise pass the door.
                if (round % 4 == 0) {
                    System.arraycopy(sound, 10, bytes, 10, 10);
                }
            } else {
                for (int i = random.nextInt(40); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            TupleTally counted = new TupleTally();

            new HeapPage(PageBuilder.SIZE, counted).count(bytes, 0, random.nextLong());

            long sum = counted.live()
                    + counted.pruned()
                    + counted.undecided()
                    + counted.insertionsRolledBack()
                    + counted.takeGroups().stream().mapToLong(TupleGroup::count).sum();
            assertThat(sum).as("round %d", round).isBetween(0L, (PageBuilder.SIZE - 24) / 4L);
        }
    }

    private static PageBuilder full() {
        PageBuilder builder = new PageBuilder();
        for (int i = 1; i <= 200; i++) {
            builder.tuple(700 + i, i % 3 == 0 ? 900 + i : 0, i % 5 == 0 ? COMMITTED : 0, BLOCK, i);
        }
        return builder;
    }

    /** The table of groups against one of the JDK. */
    @Test
    void groups_are_counted_as_a_map_would() {
        Random random = new Random(42);
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            int xmin = random.nextInt(50);
            int xmax = random.nextInt(500) - 250;
            int marks = random.nextInt(32);
            tally.add(xmin, xmax, marks);
            expected.merge(xmin + " " + (xmax & 0xFFFF_FFFFL) + " " + marks, 1L, Long::sum);
        }

        assertThat(tally.groupCount()).isEqualTo(expected.size());
        Map<String, Long> counted = new HashMap<>();
        tally.takeGroups().forEach(g -> counted.put(g.xmin() + " " + g.xmax() + " " + g.marks(), g.count()));
        assertThat(counted).isEqualTo(expected);
        assertThat(tally.groupCount()).isZero();
        assertThat(tally.takeGroups()).isEmpty();
    }

    @Test
    void what_is_counted_does_not_depend_on_what_lies_around_the_page() {
        byte[] message = new byte[PageBuilder.SIZE * 3];
        Arrays.fill(message, (byte) 0x7F);
        System.arraycopy(full().bytes(), 0, message, PageBuilder.SIZE, PageBuilder.SIZE);

        assertThat(page.count(message, PageBuilder.SIZE, BLOCK)).isEqualTo(PageCondition.SOUND);
        assertThat(tally.live()
                        + tally.takeGroups().stream()
                                .mapToLong(TupleGroup::count)
                                .sum())
                .isEqualTo(200);
    }
}
