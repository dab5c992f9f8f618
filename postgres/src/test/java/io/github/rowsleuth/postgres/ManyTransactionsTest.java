package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;
import org.junit.jupiter.api.Test;

/** More transactions on the pages than are kept in memory at once. */
class ManyTransactionsTest {
    private static final TableName QUEUE = TableName.of("public", "queue");
    private static final int ROWS = 70_000;

    /** Every block with an exception clause is a subtransaction with an id of its own. */
    private static String each(String statement) {
        return "do $$ begin for i in 1.." + ROWS + " loop begin " + statement
                + "; exception when division_by_zero then null; end; end loop; end $$";
    }

    @Test
    void every_one_of_them_is_counted_and_those_that_deleted_most_get_evidence() throws Exception {
        Database database = Database.on(16)
                .run(
                        "create extension pageinspect",
                        "create table queue(id int primary key) with (autovacuum_enabled = off)",
                        each("insert into queue values (i)"),
                        each("delete from queue where id = i"),
                        "insert into queue values (0), (-1), (-2)",
                        "delete from queue where id < 0");
        Notebook notebook = Notebook.on("queue");

        DeadRows rows = Postgres.at(database.url()).deadRows().examine(notebook);

        TablePages pages = rows.of(QUEUE).orElseThrow();
        assertThat(pages.live()).isEqualTo(1);
        assertThat(pages.deleted()).isEqualTo(ROWS + 2);
        assertThat(rows.transactions()).hasSize(ROWS + 1).allMatch(t -> t.end() == TransactionEnd.COMMITTED);
        assertThat(rows.transactions()).extracting(ObservedTransaction::xid).isSorted();
        assertThat(rows.transactions().get(ROWS).evidence())
                .as("of the two at once")
                .hasSize(1);
        assertThat(notebook.evidence)
                .as("of a thousand transactions and the table")
                .hasSize(1_001);
        assertThat(notebook.gaps).isEmpty();
    }

    @Test
    void beyond_the_most_that_are_kept_rows_count_for_their_table_only() {
        Deletions deletions = new Deletions();
        for (int xid = 1; xid <= Deletions.MOST + 3; xid++) {
            deletions.add(xid, TransactionEnd.COMMITTED, QUEUE, 2);
        }
        deletions.add(1, TransactionEnd.COMMITTED, QUEUE, 5);

        assertThat(deletions.byXid()).hasSize(Deletions.MOST);
        assertThat(deletions.unattributed()).isEqualTo(6);
        assertThat(deletions.byXid().values().iterator().next().rows()).containsEntry(QUEUE, 7L);
    }

    /** What was unfinished when some of its rows were read may have ended when others were. */
    @Test
    void the_last_word_on_a_transaction_counts() {
        Deletions deletions = new Deletions();
        deletions.add(700, TransactionEnd.IN_PROGRESS, QUEUE, 1);
        deletions.add(700, TransactionEnd.COMMITTED, QUEUE, 1);

        assertThat(deletions.byXid().values())
                .singleElement()
                .satisfies(deleter -> assertThat(deleter.end()).isEqualTo(TransactionEnd.COMMITTED));
    }
}
