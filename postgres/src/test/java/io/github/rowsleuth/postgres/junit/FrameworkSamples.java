package io.github.rowsleuth.postgres.junit;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.test.context.transaction.TestTransaction;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/** Tests as Spring, HikariCP and Testcontainers shape them, for {@link SampleRun}. */
final class FrameworkSamples {

    private FrameworkSamples() {}

    @Configuration
    static class Application {

        /** A pool, as an application has it. */
        @Bean
        HikariDataSource pool() {
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(SampleDatabase.source());
            pool.setMaximumPoolSize(3);
            pool.setAutoCommit(false);
            return pool;
        }

        @Bean
        PlatformTransactionManager transactions(DataSource pool) {
            return new DataSourceTransactionManager(pool);
        }

        @Bean
        JdbcTemplate jdbc(DataSource pool) {
            return new JdbcTemplate(pool);
        }
    }

    /** What every Spring test here has. */
    abstract static class SpringTest {
        @Autowired
        DataSource pool;

        @Autowired
        JdbcTemplate jdbc;

        @Autowired
        PlatformTransactionManager transactions;
    }

    @WatchDeletions
    @SpringJUnitConfig(Application.class)
    @Transactional
    static class WatchAbove extends SpringTest {

        @Test
        void above_deletes_and_is_rolled_back() {
            jdbc.update("delete from orders where id < 3");
        }

        @Test
        void above_deletes_and_commits() {
            jdbc.update("delete from orders where id = 1");
            TestTransaction.flagForCommit();
        }

        @Test
        void above_deletes_in_a_new_transaction() {
            TransactionTemplate separately = new TransactionTemplate(
                    transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
            separately.executeWithoutResult(status -> jdbc.update("delete from orders where id = 2"));
        }

        @Test
        @ExpectDeletions(rows = 1, in = "orders")
        void above_deletes_in_another_thread() {
            CompletableFuture.runAsync(() -> new TransactionTemplate(transactions)
                            .executeWithoutResult(status -> jdbc.update("delete from orders where id = 3")))
                    .join();
        }
    }

    @SpringJUnitConfig(Application.class)
    @WatchDeletions
    @Transactional
    static class WatchBelow extends SpringTest {

        @Test
        void below_deletes_and_is_rolled_back() {
            jdbc.update("delete from orders where id < 6");
        }

        @Test
        void below_deletes_and_commits() {
            jdbc.update("delete from orders where id = 4");
            TestTransaction.flagForCommit();
        }
    }

    @SpringJUnitConfig(Application.class)
    @Transactional
    static class WatchWithinTheTransaction {

        private final TransactionAwareDataSourceProxy proxy = new TransactionAwareDataSourceProxy();

        @RegisterExtension
        final DeletionWatch deletions = DeletionWatch.over(proxy);

        @Autowired
        void connect(DataSource pool) {
            proxy.setTargetDataSource(pool);
        }

        @Test
        void would_watch_through_the_connection_of_the_test() {}
    }

    /** The server of this build in the place of a container. */
    static class Borrowed extends JdbcDatabaseContainer<Borrowed> {

        private final String url = String.valueOf(System.getProperty(SampleDatabase.URL));

        Borrowed() {
            super(DockerImageName.parse("postgres:16"));
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public String getDriverClassName() {
            return "org.postgresql.Driver";
        }

        @Override
        public String getJdbcUrl() {
            return url.substring(0, url.indexOf('?'));
        }

        @Override
        public String getUsername() {
            return url.substring(url.indexOf("user=") + "user=".length());
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        protected String getTestQueryString() {
            return "select 1";
        }
    }

    @Testcontainers
    @WatchDeletions
    static class Contained {

        @Container
        static final Borrowed DATABASE = new Borrowed();

        @Test
        void deletes_in_a_container() throws Exception {
            SampleDatabase.run("delete from orders where id = 5");
        }
    }
}
