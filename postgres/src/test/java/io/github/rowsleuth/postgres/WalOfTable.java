package io.github.rowsleuth.postgres;

import io.github.rowsleuth.transaction.Lsn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What is written to the log about a table and its indexes. Read as bytes, because only 15 and newer have pg_walinspect:
 * every record names a file that it changes by twelve bytes, tablespace, database and file (src/include/access/xlogrecord.h).
 *
 * @param database the database of the table
 * @param table its name
 * @param start where reading begins
 */
record WalOfTable(Database database, String table, String start) {
    private static final int SEGMENT = 16 << 20;
    private static final String NOW = "select pg_current_wal_insert_lsn()";

    static WalOfTable from(Database database, String table) throws Exception {
        return new WalOfTable(database, table, database.value(NOW));
    }

    /** How often the log since the start names one of the files. */
    long records() throws Exception {
        // A commit, which flushes all that came before.
        database.run("create table flushed()", "drop table flushed");
        long from = position(start);
        long to = position(database.value("select pg_current_wal_flush_lsn()"));
        String[] files = database.value("select string_agg(coalesce(nullif(c.reltablespace, 0), d.dattablespace) || ' '"
                        + " || d.oid || ' ' || c.relfilenode, ',') from pg_class c, pg_database d"
                        + " where d.datname = current_database() and (c.relname like '" + table + "%'"
                        + " or c.oid = (select t.reltoastrelid from pg_class t where t.relname = '" + table + "'))"
                        + " and c.relfilenode <> 0")
                .split(",", -1);
        byte[] log = log(from, to);
        return Arrays.stream(files).mapToLong(file -> occurrences(log, file)).sum();
    }

    private static long position(String lsn) {
        return Lsn.parse(lsn).position();
    }

    private byte[] log(long from, long to) throws Exception {
        ByteBuffer log = ByteBuffer.allocate((int) (to - from));
        for (long at = from; at < to; at = (at / SEGMENT + 1) * SEGMENT) {
            long length = Math.min(to, (at / SEGMENT + 1) * SEGMENT) - at;
            String file = "'pg_wal/' || pg_walfile_name('" + new Lsn(at + 1) + "')";
            log.put(HexFormat.of()
                    .parseHex(database.value("select encode(pg_read_binary_file(" + file + ", " + at % SEGMENT + ", "
                            + length + "), 'hex')")));
        }
        return log.array();
    }

    private static long occurrences(byte[] log, String file) {
        ByteBuffer name = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (String oid : file.split(" ", -1)) {
            name.putInt(Integer.parseUnsignedInt(oid));
        }
        byte[] wanted = name.array();
        long found = 0;
        for (int i = 0; i + wanted.length <= log.length; i++) {
            if (Arrays.equals(log, i, i + wanted.length, wanted, 0, wanted.length)) {
                found++;
            }
        }
        return found;
    }
}
