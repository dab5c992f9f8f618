package io.github.rowsleuth.postgres.junit;

import io.github.rowsleuth.postgres.watch.WatchMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every test of the class fails if a row is deleted that it did not expect to be: by {@link DeletionWatch}, which finds the
 * database in a field of the test.
 *
 * <p>Put it above other extensions ({@code @SpringBootTest}, {@code @Testcontainers}): then what they do before a test is
 * seen as well. It ends after all others in any case.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(DeletionWatch.class)
public @interface WatchDeletions {

    /** {@return how the database is watched} */
    WatchMode mode() default WatchMode.TRIGGERS;

    /** {@return whether up to five deleted rows of a statement are shown with their values} */
    boolean showRows() default false;

    /** {@return whether what was deleted and rolled back fails a test too} */
    boolean failOnAttempts() default false;
}
