package io.github.rowsleuth.postgres.guard;

/** What stands around the operations of a safe counterpart. */
final class Template {

    private static final String HEAD = """
            // Safe counterpart of ${script} at ${commit}. It deletes nothing before it is reviewed, signed, and confirmed.
            """;

    private static final String IMPORTS = """
            import io.github.rowsleuth.postgres.guard.DisposableDatabase;
            import io.github.rowsleuth.postgres.guard.GuardedOperation;
            import io.github.rowsleuth.postgres.guard.OperationPlan;
            import java.nio.file.Path;
            import org.postgresql.ds.PGSimpleDataSource;

            """;

    private static final String SETTINGS = """
            // Who has read every line of this file, and agrees.
            static final String REVIEWED_BY = "";
            // The only database in which it may run; let its owner run what marking() gives.
            static final String SYSTEM_IDENTIFIER = "";
            static final String DATABASE = "";
            static final String MARKER = "";
            // The backup lies on another file system than the files of the database.
            static final Path BACKUPS = Path.of("/backup");
            static final Path DATABASE_FILES = Path.of("/var/lib/postgresql");
            static final Path JOURNAL = Path.of("deletions.log");

            static Object value(String which) {
                throw new IllegalStateException("fill in " + which);
            }

            static void run(GuardedOperation deletion) {
                if (REVIEWED_BY.isBlank()) {
                    throw new IllegalStateException("nobody has reviewed this file: REVIEWED_BY is empty");
                }
                DisposableDatabase database = new DisposableDatabase(SYSTEM_IDENTIFIER, DATABASE, MARKER);
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl(System.getenv("SAFE_URL"));
                GuardedOperation operation = deletion.in(source)
                        .onlyIn(database)
                        .backingUpTo(BACKUPS, DATABASE_FILES)
                        .journallingTo(JOURNAL);
                OperationPlan plan = operation.plan();
                operation.execute(operation.confirmAtConsole(plan));
            }
            """;

    private Template() {}

    static String of(boolean java) {
        return java
                ? HEAD + "// Run it at a terminal: SAFE_URL=jdbc:postgresql://… java -cp … ${name}.java\n" + IMPORTS
                        + "class ${name} {\n" + SETTINGS.indent(4)
                        + "\n    public static void main(String[] arguments) {\n${operations}\n    }\n}\n"
                : HEAD
                        + "// Run it at a terminal, on JDK 22 or newer: SAFE_URL=jdbc:postgresql://… jshell --class-path … ${name}.jsh\n"
                        + IMPORTS + SETTINGS.replace("static final ", "").replace("static ", "")
                        + "\nvoid deleteAll() {\n${operations}\n}\n\ndeleteAll()\n/exit\n";
    }
}
