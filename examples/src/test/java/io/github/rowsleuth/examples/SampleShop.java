package io.github.rowsleuth.examples;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An application as small as it can be. Its archive has a mistake that no test of the archive alone would find. */
record SampleShop(DataSource database) {

    void install() throws SQLException {
        run("""
                CREATE TABLE orders (id int PRIMARY KEY, placed date NOT NULL);
                CREATE TABLE invoices (id int PRIMARY KEY, "order" int REFERENCES orders ON DELETE CASCADE);
                INSERT INTO orders VALUES (1, '2019-05-01'), (2, '2019-06-01'), (3, '2026-01-01');
                INSERT INTO invoices SELECT id, id FROM orders
                """);
    }

    void place(int order) throws SQLException {
        run("INSERT INTO orders VALUES (" + order + ", '2026-02-01')");
    }

    void cancel(int order) throws SQLException {
        run("DELETE FROM orders WHERE id = " + order);
    }

    /** Means to delete old orders; the foreign key takes their invoices along. */
    void archive() throws SQLException {
        run("DELETE FROM orders WHERE placed < '2020-01-01'");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
