package io.github.rowsleuth.postgres.guard;

import io.github.rowsleuth.incident.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The rows that a guarded operation took, in files of PostgreSQL's {@code COPY} format, one for each table, with a manifest
 * that names columns, numbers and digests. {@code \copy} of psql reads them as well.
 *
 * @param folder where they are
 * @param parts one for each table
 */
public record OperationBackup(Path folder, List<Part> parts) {

    static final String MANIFEST = "manifest";
    private static final String FIRST = "rowsleuth-backup 1";

    /** Copies the list. */
    public OperationBackup {
        parts = List.copyOf(parts);
    }

    /**
     * The rows of one table.
     *
     * @param table the table
     * @param file the file within the folder
     * @param rows how many
     * @param digest of the rows
     * @param sha256 of the file
     * @param columns the columns, in order
     */
    public record Part(TableName table, String file, long rows, String digest, String sha256, List<String> columns) {

        /** Copies the list. */
        public Part {
            columns = List.copyOf(columns);
        }
    }

    void writeManifest() throws IOException {
        StringBuilder text = new StringBuilder(FIRST + "\n");
        for (Part part : parts) {
            List<String> fields = new ArrayList<>(List.of(
                    part.table().schema().orElseThrow(),
                    part.table().name(),
                    part.file(),
                    Long.toString(part.rows()),
                    part.digest(),
                    part.sha256()));
            fields.addAll(part.columns());
            text.append(fields.stream()
                    .map(f -> URLEncoder.encode(f, StandardCharsets.UTF_8))
                    .collect(Collectors.joining(" ", "", "\n")));
        }
        PrivateFiles.write(folder, MANIFEST, text.append("end\n").toString());
    }

    /**
     * {@return the backup in that folder}
     *
     * @param folder where an operation put it
     * @throws IOException if there is none, or one that is not whole
     */
    public static OperationBackup read(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(MANIFEST));
        if (lines.size() < 3
                || !lines.get(0).equals(FIRST)
                || !lines.get(lines.size() - 1).equals("end")) {
            throw new IOException(
                    "expected a whole backup that begins with '" + FIRST + "', found something else in " + folder);
        }
        List<Part> parts = new ArrayList<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            List<String> f = Stream.of(line.split(" ", -1))
                    .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                    .toList();
            parts.add(new Part(
                    TableName.of(f.get(0), f.get(1)),
                    f.get(2),
                    Long.parseLong(f.get(3)),
                    f.get(4),
                    f.get(5),
                    f.subList(6, f.size())));
        }
        return new OperationBackup(folder, parts);
    }

    /**
     * Loads the rows into tables of the same names in another schema, and compares them with what was backed up. From there
     * they can be looked at, and inserted where they belong.
     *
     * @param source connections of a role that may create the tables
     * @param schema an existing schema that has no tables of these names
     * @throws SQLException if the server refuses; then nothing was created
     * @throws IOException if a file is damaged; then nothing was created
     */
    public void restoreInto(DataSource source, String schema) throws SQLException, IOException {
        try (GuardSession session = GuardSession.open(source)) {
            for (Part part : parts) {
                TableName table = TableName.of(schema, part.table().name());
                session.update("CREATE TABLE " + table + " (LIKE " + part.table() + ")");
                load(session, part, table.toString());
            }
            session.commit();
        }
    }

    /** Copies a part into a table, and compares. */
    void load(GuardSession session, Part part, String table) throws SQLException, IOException {
        String columns = part.columns().stream().map(TableRef::quoted).collect(Collectors.joining(", "));
        Path file = folder.resolve(part.file());
        if (!PrivateFiles.sha256(file).equals(part.sha256())) {
            throw new IOException("expected the file that was written, found another content in " + file);
        }
        try (InputStream rows = Files.newInputStream(file)) {
            session.copy().copyIn("COPY " + table + " (" + columns + ") FROM STDIN", rows);
        }
        boolean equal = session.row(
                "SELECT count(*), " + Doomed.digest("x") + " FROM " + table + " x",
                row -> row.getLong(1) == part.rows() && row.getString(2).equals(part.digest()));
        if (!equal) {
            throw new IOException("expected " + part.rows() + " rows of " + part.table()
                    + " as they were, found others after restoring " + file);
        }
    }
}
