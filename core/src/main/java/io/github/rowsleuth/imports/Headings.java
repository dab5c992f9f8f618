package io.github.rowsleuth.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells a record of headings from a row, whose values must not be shown: half of its fields are names of known columns, or
 * end in a word by which columns are called.
 */
final class Headings {

    private static final int LONGEST = 63;
    private static final Pattern NAME = Pattern.compile("[\\p{L}_#][\\p{L}\\p{N}\\p{Mn} _.:/()%#&\\[\\]€$-]*");

    private static final Set<String> COLUMN_WORDS = Set.of(
            "id",
            "ids",
            "uuid",
            "guid",
            "key",
            "name",
            "names",
            "title",
            "label",
            "email",
            "mail",
            "phone",
            "date",
            "time",
            "timestamp",
            "created",
            "updated",
            "deleted",
            "modified",
            "at",
            "on",
            "by",
            "amount",
            "price",
            "total",
            "sum",
            "quantity",
            "qty",
            "count",
            "status",
            "state",
            "type",
            "kind",
            "code",
            "number",
            "no",
            "nr",
            "description",
            "comment",
            "comments",
            "note",
            "notes",
            "address",
            "street",
            "city",
            "zip",
            "country",
            "currency",
            "value",
            "url",
            "category",
            "year",
            "month",
            "day",
            "version",
            "source",
            "parent",
            "position",
            "sku",
            "unit",
            "rate",
            "user",
            "owner",
            "role",
            "lang",
            "language",
            "latitude",
            "longitude",
            "lat",
            "lon",
            "lng",
            "active",
            "enabled",
            "flag",
            "hash",
            "path",
            "size",
            "score",
            "rank",
            "order",
            "customer",
            "product",
            "account",
            "company",
            "currencycode",
            "payload",
            "json",
            "metadata",
            "level",
            "region",
            "gender",
            "birthday",
            "dob",
            "iban",
            "tax",
            "vat",
            "discount",
            "weight",
            "height",
            "width",
            "length",
            "color",
            "colour",
            "brand",
            "model",
            "serial");

    private Headings() {}

    /**
     * Whether a first record surely holds headings.
     *
     * @param cells its fields
     * @param columns names of columns of tables in question, squashed
     */
    static boolean are(List<String> cells, Set<String> columns) {
        Set<String> distinct = new HashSet<>();
        for (String cell : cells) {
            String text = cell.strip();
            boolean name = text.isEmpty()
                    || (text.length() <= LONGEST && NAME.matcher(text).matches());
            if (!name || !distinct.add(text.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        long known = cells.stream().filter(c -> known(c, columns)).count();
        return known > 0 && known * 2 >= cells.size();
    }

    private static boolean known(String cell, Set<String> columns) {
        if (columns.contains(Words.squashed(cell))) {
            return true;
        }
        // A value can be two words, of which the last is a name of columns: "Oxford Street".
        List<String> words = cell.strip().contains(" ") ? List.of() : Words.of(cell);
        return !words.isEmpty() && COLUMN_WORDS.contains(words.get(words.size() - 1));
    }

    static Set<String> squashed(List<String> names) {
        return names.stream().map(Words::squashed).collect(Collectors.toUnmodifiableSet());
    }
}
