package io.github.rowsleuth.postgres.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test must delete exactly so many rows from that table. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(ExpectDeletions.All.class)
@ExtendWith(DeletionWatch.class)
public @interface ExpectDeletions {

    /** {@return how many rows, at least 0} */
    long rows();

    /** {@return the table as it would stand in SQL; without a schema, a table of that name in any} */
    String in();

    /** Several of them. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(DeletionWatch.class)
    @interface All {

        /** {@return each of them} */
        ExpectDeletions[] value();
    }
}
