package io.github.rowsleuth.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A JDBC URL taken apart. What it may set is an allow-list, because a property can load a class or write a file. */
final class ConnectionSettings implements ConnectionSource {

    private static final String SCHEME = "jdbc:postgresql:";
    private static final String EXPECTED = "expected a URL like jdbc:postgresql://host:5432/database?user=name";
    private static final Pattern AUTHORITY = Pattern.compile("(?://(?<hosts>[^/?#]*)/?)?(?<database>[^/?#]*)");
    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:@\\s]*)(?::\\d{1,5})?");

    private static final Set<String> ALLOWED = new TreeSet<>(Set.of(
            "user",
            "password",
            "passfile",
            "ssl",
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "sslNegotiation",
            "channelBinding",
            "gssEncMode",
            "ApplicationName",
            "connectTimeout",
            "loginTimeout",
            "socketTimeout",
            "tcpKeepAlive",
            "targetServerType",
            "hostRecheckSeconds",
            "loadBalanceHosts"));

    /** What Testcontainers writes into every URL. The driver ignores it, and so do we. */
    private static final Set<String> IGNORED = Set.of("loggerLevel");

    private static final Map<String, String> ADVICE = Map.of(
            "options", "set such a limit with ALTER ROLE … SET; poolers refuse this property",
            "currentSchema", "name tables with their schema, as in Investigation.of(\"shop.orders\")",
            "readOnly", "every session is read-only anyway");

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Map<String, Integer> SECONDS =
            Map.of("connectTimeout", 5, "loginTimeout", 10, "socketTimeout", 30);

    private final String url;
    private final Map<String, String> given;
    private final String name;

    private ConnectionSettings(String url, Map<String, String> given) {
        this.url = url;
        this.given = given;
        this.name = nameOf(url, given);
    }

    static ConnectionSettings parse(String jdbcUrl) {
        if (!jdbcUrl.startsWith(SCHEME)) {
            throw new IllegalArgumentException(EXPECTED
                    + (jdbcUrl.startsWith("postgres")
                            ? "; found one for psql: write jdbc:postgresql: in front of the //, and user and password"
                                    + " behind the question mark"
                            : "; found one that does not begin with " + SCHEME));
        }
        int query = jdbcUrl.indexOf('?');
        String url = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
        refuseMalformed(url);
        Map<String, String> given = new TreeMap<>();
        if (query >= 0) {
            for (String parameter : jdbcUrl.substring(query + 1).split("&", -1)) {
                read(parameter, given);
            }
        }
        return new ConnectionSettings(url, given);
    }

    // Before the driver sees it: the driver logs what it takes for a port, which may be a password.
    private static void refuseMalformed(String url) {
        Matcher parts = AUTHORITY.matcher(url.substring(SCHEME.length()));
        if (!parts.matches()) {
            throw new IllegalArgumentException(EXPECTED + "; found one that is not built that way");
        }
        for (String host : hosts(parts)) {
            if (host.contains("@")) {
                throw new IllegalArgumentException(EXPECTED
                        + "; found an @ before the host. A JDBC URL has user and password behind the question mark;"
                        + " better, call Postgres.at(url, user, password)");
            }
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(EXPECTED + "; found a host or port that is none");
            }
        }
    }

    private static void read(String parameter, Map<String, String> given) {
        int equals = parameter.indexOf('=');
        String key = equals < 0 ? parameter : parameter.substring(0, equals);
        if (key.isEmpty() || IGNORED.contains(key)) {
            return;
        }
        if (!ALLOWED.contains(key)) {
            throw new IllegalArgumentException("the property '" + key + "' may not stand in the URL: "
                    + ADVICE.getOrDefault(
                            key, "Rowsleuth sets such things itself, or they could run code or write files")
                    + ". Remove it. Allowed are " + String.join(", ", ALLOWED));
        }
        String value = equals < 0 ? "" : decode(key, parameter.substring(equals + 1));
        if (SECONDS.containsKey(key) && !value.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("the property '" + key + "' needs a number of seconds");
        }
        given.put(key, value);
    }

    private static String decode(String key, String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No cause: its message repeats a part of the value.
            throw new IllegalArgumentException(
                    "the value of the property '" + key + "' is not percent-encoded: write % as %25");
        }
    }

    ConnectionSettings as(String user, String password) {
        Map<String, String> other = new TreeMap<>(given);
        other.put("user", user);
        other.put("password", password);
        return new ConnectionSettings(url, other);
    }

    @Override
    public Connection open(Duration patience) throws SQLException {
        Connection connection = driver().connect(url, properties(patience));
        if (connection == null) {
            throw new SQLException(EXPECTED, "08001");
        }
        return connection;
    }

    // Not by DriverManager, which only sees the drivers of the class loader that asked it first.
    private static Driver driver() throws SQLException {
        return ServiceLoader.load(Driver.class, ConnectionSettings.class.getClassLoader()).stream()
                .filter(provider -> provider.type().getName().equals("org.postgresql.Driver"))
                .findFirst()
                .map(ServiceLoader.Provider::get)
                .orElseThrow(() -> new SQLException("the driver org.postgresql:postgresql is not there", "08001"));
    }

    /** Our own settings, with those of the URL over them and every time-out within the patience. */
    Properties properties(Duration patience) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", Session.APPLICATION);
        properties.setProperty("tcpKeepAlive", "true");
        given.forEach(properties::setProperty);
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("maxResultBuffer", "16M");
        properties.setProperty("defaultRowFetchSize", "500");
        long left = Math.max(1, patience.toSeconds());
        SECONDS.forEach((key, usual) -> {
            int wanted = Integer.parseInt(given.getOrDefault(key, usual.toString()));
            // 0 would mean for ever.
            properties.setProperty(key, Long.toString(Math.min(wanted == 0 ? usual : wanted, left)));
        });
        return properties;
    }

    @Override
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        Properties properties = properties(LONGEST);
        for (String key : properties.stringPropertyNames()) {
            try {
                dataSource.setProperty(key, properties.getProperty(key));
            } catch (SQLException e) {
                throw new IllegalStateException("the driver does not know the property '" + key + "'", e);
            }
        }
        return dataSource;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String name(Connection connection) {
        return name;
    }

    private static String nameOf(String url, Map<String, String> given) {
        Matcher parts = AUTHORITY.matcher(url.substring(SCHEME.length()));
        if (!parts.matches()) {
            throw new IllegalArgumentException(EXPECTED + "; found one that is not built that way");
        }
        String hosts = Stream.of(hosts(parts))
                .map(host -> host.isEmpty() ? "localhost" : host)
                .map(host -> host.matches(".*:\\d+") && !host.endsWith("]") ? host : host + ":5432")
                .collect(Collectors.joining(","));
        String database = decode("database", parts.group("database"));
        return "postgresql://" + hosts + "/" + (database.isEmpty() ? given.getOrDefault("user", "") : database);
    }

    private static String[] hosts(Matcher parts) {
        return Optional.ofNullable(parts.group("hosts")).orElse("").split(",", -1);
    }

    @Override
    public String toString() {
        return name;
    }
}
