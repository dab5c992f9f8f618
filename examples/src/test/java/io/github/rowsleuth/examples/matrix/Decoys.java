package io.github.rowsleuth.examples.matrix;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scripts and jobs around an incident that touch the tables it hit, and that a table contradicts each: by how its rows went,
 * by rows that are still there, or by rows that it never touches.
 *
 * @param files by path
 */
record Decoys(Map<String, String> files) {

    /** How rows really went. */
    enum Truth {
        DELETED("DELETE FROM ", "TRUNCATE "),
        TRUNCATED("TRUNCATE ", "DELETE FROM "),
        DROPPED("DROP TABLE ", "TRUNCATE ");

        private final String verb;
        private final String other;

        Truth(String verb, String other) {
            this.verb = verb;
            this.other = other;
        }
    }

    static Decoys around(Truth truth, String survivor, String... hit) {
        Map<String, String> files = new LinkedHashMap<>();
        List<String> tables = Arrays.asList(hit);
        files.put("tools/cleanup_old.py", python(tables, truth.other));
        files.put("deploy/nightly.crontab", "0 3 * * * app cd /srv && python tools/cleanup_old.py\n");
        files.put("scripts/reset-all.js", javascript(tables, truth.verb, survivor));
        if (hit.length > 1) {
            files.put("db/one.sql", truth.verb + hit[0] + ";\n");
        }
        files.put("scripts/delete_everything.py", "print('this deletes nothing any more')\n");
        files.put("tests/test_cleanup.py", """
                from unittest import mock

                def test_cleanup():
                    cursor = mock.Mock()
                    cleanup(cursor)
                    cursor.execute.assert_called_with("%s%s")
                """.formatted(truth.verb, hit[0]));
        return new Decoys(files);
    }

    private static String python(List<String> tables, String verb) {
        String statements = tables.stream()
                .map(t -> "        cursor.execute(\"" + verb + t + "\")\n")
                .collect(Collectors.joining());
        return "import psycopg2\n\n\ndef main():\n    with psycopg2.connect(DSN) as connection:\n"
                + "        cursor = connection.cursor()\n" + statements
                + "\n\nif __name__ == \"__main__\":\n    main()\n";
    }

    private static String javascript(List<String> tables, String verb, String survivor) {
        String statements = java.util.stream.Stream.concat(tables.stream(), java.util.stream.Stream.of(survivor))
                .map(t -> "  await pool.query('" + verb + t + "');\n")
                .collect(Collectors.joining());
        return "const { Pool } = require('pg');\nconst pool = new Pool();\nasync function main() {\n" + statements
                + "}\nmain();\n";
    }
}
