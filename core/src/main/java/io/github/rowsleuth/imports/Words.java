package io.github.rowsleuth.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes names apart as people write them: {@code rawImportRecords}, {@code Raw-Import Records 2025-10}. */
final class Words {

    private static final Pattern WORD = Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+|\\p{Lo}+|\\d+");

    /** What the name of a file has beside what it is about. */
    private static final Set<String> IDLE = Set.of(
            "import",
            "imported",
            "export",
            "exported",
            "data",
            "dump",
            "final",
            "copy",
            "backup",
            "bak",
            "old",
            "full",
            "all",
            "list",
            "report",
            "sheet",
            "tabelle",
            "table",
            "tbl",
            "file",
            "upload",
            "v",
            "utf",
            "of",
            "the",
            "from",
            "to",
            "extract",
            "raw",
            "stg",
            "staging",
            "sample",
            "batch",
            "part",
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
            "dim",
            "fact");

    private Words() {}

    /** The words in small letters; numbers are words. */
    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(name); word.find(); ) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** What a name is about: without dates, versions and idle words, each word in the singular. */
    static List<String> subject(String name) {
        return of(name).stream()
                .filter(w -> !Character.isDigit(w.charAt(0)) && !IDLE.contains(w))
                .map(Words::singularWord)
                .toList();
    }

    /** The words in the singular, numbers and idle words included. */
    static List<String> singular(String name) {
        return of(name).stream().map(Words::singularWord).toList();
    }

    /** English plurals only; of what it does not know it makes the same of both names. */
    private static String singularWord(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.length() > 4 && word.matches(".*(s|x|z|ch|sh)es")) {
            return word.substring(0, word.length() - 2);
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** Letters and digits only, so that {@code Customer ID}, {@code customerId} and {@code customer_id} are the same. */
    static String squashed(String name) {
        String bare = name.replaceAll("\\([^)]*\\)|\\[[^\\]]*\\]", "");
        String letters = bare.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
        return letters.isEmpty() ? name.strip().toLowerCase(Locale.ROOT) : letters;
    }
}
