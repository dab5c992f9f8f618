package io.github.rowsleuth.postgres.guard;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that deletes under guard, and stands still at one step until it is killed. */
final class Victim {

    private Victim() {}

    /** Arguments: URL, role, cluster, database, marker, folder, step. */
    public static void main(String[] arguments) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(arguments[0]);
        source.setUser(arguments[1]);
        Path folder = Path.of(arguments[5]);
        Step fatal = Step.valueOf(arguments[6]);
        GuardedOperation operation = GuardedOperation.delete("public.orders", "created <= ?", 5)
                .in(source)
                .onlyIn(new DisposableDatabase(arguments[2], arguments[3], arguments[4]))
                .backingUpTo(folder.resolve("backups"), folder)
                .journallingTo(folder.resolve("journal"))
                .with(Shop.PERSON, Shop.TWO_DISKS)
                .observedBy(step -> {
                    if (step == fatal) {
                        standStill();
                    }
                });
        Shop.run(operation);
    }

    private static void standStill() {
        // Not System.out: a test that prints is a test that somebody has to read.
        try (FileOutputStream output = new FileOutputStream(FileDescriptor.out)) {
            output.write("here\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Nobody answers: the parent kills.
        try (Scanner input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            while (input.hasNextLine()) {
                input.nextLine();
            }
        }
    }
}
