package io.github.rowsleuth.postgres.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test may delete: from a table, or as an application, or only the rows that it inserted itself.
 *
 * <pre>{@code
 * @AllowDeletions(in = "public.sessions", atMost = 10)
 * @AllowDeletions(by = "nightly-cleanup")
 * @AllowDeletions(onlyRowsBornMeanwhile = true)
 * }</pre>
 *
 * <p>One annotation says one of these things. Several allow several.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(AllowDeletions.All.class)
@ExtendWith(DeletionWatch.class)
public @interface AllowDeletions {

    /** {@return the table as it would stand in SQL; without a schema, a table of that name in any} */
    String in() default "";

    /** {@return how many rows at most, together with {@link #in()}; any number if negative} */
    long atMost() default -1;

    /** {@return the {@code application_name} of the sessions that may} */
    String by() default "";

    /** {@return whether rows that were inserted during the test may go again} */
    boolean onlyRowsBornMeanwhile() default false;

    /** Several of them. */
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(DeletionWatch.class)
    @interface All {

        /** {@return each of them} */
        AllowDeletions[] value();
    }
}
