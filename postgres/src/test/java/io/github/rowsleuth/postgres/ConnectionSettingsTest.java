package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class ConnectionSettingsTest {
    private static final String CANARY = "c4n4ry-S3cr3t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory",
                "socketFactoryArg",
                "sslfactory",
                "sslfactoryarg",
                "sslhostnameverifier",
                "sslpasswordcallback",
                "authenticationPluginClassName",
                "jaasApplicationName",
                "jaasLogin",
                "preferQueryMode",
                "loggerFile",
                "xmlFactoryFactory",
                "options",
                "currentSchema",
                "readOnlyMode",
                "prepareThreshold",
                "replication",
                "service",
                "localSocketAddress",
                "PASSWORD",
                "nonsense"
            })
    void a_property_that_is_not_on_the_list_is_refused_by_name(String key) {
        assertThatThrownBy(() -> Postgres.at("jdbc:postgresql://h/db?user=u&" + key + "=" + CANARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("Remove it")
                .hasMessageContaining("sslmode")
                .hasMessageNotContaining(CANARY)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jdbc:mysql://h/c4n4ry-S3cr3t",
                "postgres://u:c4n4ry-S3cr3t@h/db",
                "postgresql://u:c4n4ry-S3cr3t@h/db",
                "jdbc:postgresql://u:c4n4ry-S3cr3t@h/db",
                "jdbc:postgresql://h:c4n4ry-S3cr3t/db",
                "jdbc:postgresql://h/db/c4n4ry-S3cr3t",
                "jdbc:postgresql://h/db?user=u&password=%c4n4ry-S3cr3t%",
                "jdbc:postgresql://h/db?connectTimeout=c4n4ry-S3cr3t"
            })
    void what_is_no_such_url_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> Postgres.at(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(CANARY)
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db1/app?user=x&password=c4n4ry-S3cr3t, postgresql://db1:5432/app",
        "jdbc:postgresql://db1:6000/app, postgresql://db1:6000/app",
        "jdbc:postgresql://[::1]:6000/app, postgresql://[::1]:6000/app",
        "jdbc:postgresql://[::1]/app, postgresql://[::1]:5432/app",
        "jdbc:postgresql:app, postgresql://localhost:5432/app",
        "jdbc:postgresql:///?user=x, postgresql://localhost:5432/x",
        "jdbc:postgresql://db1?user=x, postgresql://db1:5432/x",
        "jdbc:postgresql://db1/a%20b, postgresql://db1:5432/a b",
    })
    void the_name_of_a_source_holds_neither_user_nor_password(String url, String name) {
        assertThat(Postgres.at(url)).hasToString("Postgres[" + name + "]");
    }

    @Test
    void several_hosts_are_all_named() {
        assertThat(ConnectionSettings.parse("jdbc:postgresql://a:1,b/app").name())
                .isEqualTo("postgresql://a:1,b:5432/app");
    }

    @Test
    void time_outs_stay_within_the_time_left_and_are_never_switched_off() {
        Properties properties = ConnectionSettings.parse("jdbc:postgresql://h/db?connectTimeout=3&socketTimeout=0")
                .properties(Duration.ofSeconds(8));

        assertThat(properties)
                .containsEntry("connectTimeout", "3")
                .containsEntry("loginTimeout", "8")
                .containsEntry("socketTimeout", "8")
                .containsEntry("ApplicationName", "rowsleuth")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("prepareThreshold", "0")
                .containsEntry("maxResultBuffer", "16M")
                .containsEntry("defaultRowFetchSize", "500");
    }

    @Test
    void user_and_password_given_apart_win() {
        Properties properties = ConnectionSettings.parse("jdbc:postgresql://h/db?user=a&password=b")
                .as("c", "d")
                .properties(Duration.ofMinutes(1));

        assertThat(properties)
                .containsEntry("user", "c")
                .containsEntry("password", "d")
                .containsEntry("socketTimeout", "30");
    }

    @Test
    void the_url_that_testcontainers_gives_is_accepted() {
        assertThat(ConnectionSettings.parse("jdbc:postgresql://localhost:32768/test?loggerLevel=OFF")
                        .properties(Duration.ofMinutes(1)))
                .doesNotContainKey("loggerLevel");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, 7_200_000})
    void a_limit_that_is_none_is_refused(long millis) {
        Postgres postgres = Postgres.at("jdbc:postgresql://h/db");

        assertThatThrownBy(() -> postgres.withStatementTimeout(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("statement timeout");
        assertThatThrownBy(() -> postgres.withLockTimeout(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lock timeout");
    }

    @Test
    void the_probes_go_by_stable_ids() {
        assertThat(Postgres.at("jdbc:postgresql://h/db").probes())
                .extracting(probe -> probe.id() + " " + probe.volatility())
                .containsExactlyInAnyOrder(
                        "postgres.activity MEMORY",
                        "postgres.deletion-stats COUNTERS",
                        "postgres.statement-statistics COUNTERS",
                        "postgres.wal-state COUNTERS",
                        "postgres.dead-rows PAGES",
                        "postgres.scope CATALOG",
                        "postgres.stored-code CATALOG",
                        "postgres.tombstones COUNTERS",
                        "postgres.wal WAL");
    }

    @Test
    void a_query_is_one_statement() {
        assertThatThrownBy(() -> new Query("select 1; commit", "nothing", "nothing"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_data_source_has_the_limits_of_the_probes_and_tells_no_password() {
        PGSimpleDataSource dataSource = (PGSimpleDataSource)
                Postgres.at("jdbc:postgresql://h:5433/db?user=u&connectTimeout=2&password=" + CANARY)
                        .dataSource();

        assertThat(dataSource.getServerNames()).containsExactly("h");
        assertThat(dataSource.getPortNumbers()).containsExactly(5433);
        assertThat(dataSource.getDatabaseName()).isEqualTo("db");
        assertThat(dataSource.getUser()).isEqualTo("u");
        assertThat(dataSource.getConnectTimeout()).isEqualTo(2);
        assertThat(dataSource.getLoginTimeout()).isEqualTo(10);
        assertThat(dataSource.getSocketTimeout()).isEqualTo(30);
        assertThat(dataSource.getPrepareThreshold()).isZero();
        assertThat(dataSource.toString()).doesNotContain(CANARY);
        assertThat(Postgres.of(dataSource).dataSource()).isSameAs(dataSource);
    }
}
