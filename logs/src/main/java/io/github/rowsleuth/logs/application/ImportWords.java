package io.github.rowsleuth.logs.application;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in which people log an import, in several languages. */
final class ImportWords {

    private static final Pattern VERB = Pattern.compile(
            "(?i)(?<![\\p{L}])(?:re-?)?(?:import(?:ed|ing|s)?|importiert\\p{L}*|import\u00e9\\p{L}*|importad\\p{L}*|importat\\p{L}*"
                    + "|ge\u00efmporteerd|loaded|ingest(?:ed|ion)|insert(?:ed)|upserted|copied|eingelesen|geladen|charg\u00e9\\p{L}*"
                    + "|cargad\\p{L}*|bulk[ _-]?(?:insert|load|create)\\p{L}*|seeded|processed)(?![\\p{L}])");

    /** One of these stands in every word of an import; looking for them first is ten times as fast. */
    private static final List<String> PARTS = List.of(
            "mport",
            "MPORT",
            "oaded",
            "OADED",
            "ngest",
            "NGEST",
            "nserted",
            "NSERTED",
            "pserted",
            "opied",
            "OPIED",
            "ulk",
            "eeded",
            "rocessed",
            "ingelesen",
            "eladen",
            "harg\u00e9",
            "argad");

    private static final Pattern FAILURE = Pattern.compile(
            "(?i)(?<![\\p{L}])(?:fail(?:ed|ure|s)?|error|errors|exception|traceback|abort(?:ed)?|rolled back|rollback"
                    + "|fehlgeschlagen|abgebrochen|\u00e9chec|fall\u00f3|fatal)(?![\\p{L}])");

    /** "0 errors" is no failure. */
    private static final Pattern NO_FAILURE = Pattern.compile(
            "(?i)\\b(?:0|no|without|keine?|ohne)[ _=:]*(?:errors?|failures?|failed|fehler\\w*)|\\b(?:errors?|failures?|failed)\\s*[=:]\\s*0\\b");

    private static final String NUMBER = "(\\d{1,3}(?:[,._' \u00a0]\\d{3}){1,4}|\\d{1,12})";
    private static final String UNIT =
            "(?:new |data )?(?:rows?|records?|entries|entry|lines?|items?|objects?|documents?"
                    + "|zeilen?|datens\u00e4tze|datensatz|eintr\u00e4ge|lignes?|enregistrements?|filas?|registros?|righe|rijen|wierszy)";
    private static final Pattern ROWS =
            Pattern.compile("(?iu)(?<![\\p{L}\\d.:-])" + NUMBER + " ?" + UNIT + "(?![\\p{L}])");
    private static final Pattern ROWS_AFTER = Pattern.compile("(?iu)(?<![\\p{L}])" + UNIT
            + "(?:[ _](?:imported|inserted|loaded|processed|count|importiert))?\\s?[=:]\\s?" + NUMBER + "(?![\\d.])");

    private static final Pattern FILE = Pattern.compile(
            "(?iu)([^\\s\"'`<>|:;,()\\[\\]{}=]{1,255}\\.(?:csv|tsv|tab|psv|txt|xlsx|xlsm|xls|ods|json|jsonl|xml|parquet|zip)(?:\\.gz)?)(?![\\p{L}\\d])");
    private static final Pattern QUOTED_FILE = Pattern.compile(
            "(?iu)[\"'`]([^\"'`]{1,255}\\.(?:csv|tsv|tab|psv|txt|xlsx|xlsm|xls|ods|json|jsonl|xml|parquet|zip)(?:\\.gz)?)[\"'`]");

    private static final String NAME = "[\"'`]?([\\p{L}_][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_$]*)?)[\"'`]?";
    private static final Pattern TABLE = Pattern.compile(
            "(?iu)(?<![\\p{L}])(?:into|in die tabelle|in tabelle|dans la table|en la tabla|nella tabella|to table|in table|table)[ =:]+(?:the )?(?:table )?"
                    + NAME);

    private static final Set<String> NO_TABLES = Set.of(
            "the", "database", "db", "postgres", "postgresql", "memory", "staging", "queue", "production", "table");

    private ImportWords() {}

    static boolean speakOfImport(String text) {
        return PARTS.stream().anyMatch(text::contains) && VERB.matcher(text).find();
    }

    static boolean speakOfFailure(String text) {
        return FAILURE.matcher(NO_FAILURE.matcher(text).replaceAll("")).find();
    }

    /** How many rows a text speaks of; the first number where there are several. */
    static Optional<Long> rows(String text) {
        Matcher before = ROWS.matcher(text);
        if (before.find()) {
            return Optional.of(number(before.group(1)));
        }
        Matcher after = ROWS_AFTER.matcher(text);
        return after.find() ? Optional.of(number(after.group(1))) : Optional.empty();
    }

    private static long number(String written) {
        return Long.parseLong(written.replaceAll("\\D", ""));
    }

    /** The name of the file that a text speaks of, without folders. */
    static Optional<String> file(String text) {
        Matcher quoted = QUOTED_FILE.matcher(text);
        if (quoted.find()) {
            return Optional.of(withoutFolders(quoted.group(1)));
        }
        Matcher bare = FILE.matcher(text);
        return bare.find() ? Optional.of(withoutFolders(bare.group(1))) : Optional.empty();
    }

    /** A path without its folders, and without what could draw on a terminal. */
    static String withoutFolders(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "");
    }

    /** The table that a text speaks of, as it stands there. */
    static Optional<String> table(String text) {
        Matcher matcher = TABLE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!NO_TABLES.contains(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
