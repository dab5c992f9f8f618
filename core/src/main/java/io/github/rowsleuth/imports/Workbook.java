package io.github.rowsleuth.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/**
 * The sheets of an Excel workbook (ECMA-376, Office Open XML): their names, first rows and numbers of rows. It is unpacked as
 * a stream, up to a limit; definitions of entities are not read, and nothing outside the file is.
 */
final class Workbook {

    /** More than any workbook of a million rows; a small file can claim to be larger. */
    static final long MOST_UNPACKED = 1L << 30;

    private static final int MOST_PARTS = 10_000;
    private static final int MOST_SHEETS = 100;
    private static final String WORKBOOK = "xl/workbook.xml";
    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
    private static final String STRINGS = "xl/sharedStrings.xml";
    private static final String SHEETS = "xl/worksheets/";

    /**
     * One sheet.
     *
     * @param name as the tab says
     * @param firstRows the fields of its first rows that hold anything
     * @param rows how many rows hold anything
     * @param whole whether it was read to its end
     */
    record Sheet(String name, List<List<String>> firstRows, long rows, boolean whole) {}

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> parts = new HashMap<>();
    private final Map<String, SheetRows> sheets = new TreeMap<>();
    private Map<Integer, String> strings = Map.of();
    private boolean cut;

    private Workbook() {}

    /** Reads it once, and once more for the texts of the first rows, which stand in a part of their own. */
    static List<Sheet> read(SourceContent content, long mostUnpacked, Budget budget) throws IOException {
        Workbook workbook = new Workbook();
        workbook.unpack(content, mostUnpacked, budget, workbook::part);
        Set<Integer> wanted = new TreeSet<>();
        workbook.sheets.values().forEach(s -> wanted.addAll(s.wantedStrings()));
        if (!wanted.isEmpty()) {
            workbook.unpack(content, mostUnpacked, budget, (name, in) -> workbook.strings(name, in, wanted));
        }
        return workbook.all();
    }

    private void unpack(SourceContent content, long most, Budget budget, ZipParts.Part part) throws IOException {
        try {
            new ZipParts(most, budget).each(content, part);
        } catch (BoundedInput.CutOffException e) {
            cut = true;
        }
    }

    private void strings(String name, InputStream in, Set<Integer> wanted) throws IOException {
        if (name.equals(STRINGS)) {
            try {
                strings = SharedStrings.read(XmlPart.of(in), wanted);
            } catch (XMLStreamException e) {
                throw damaged(e);
            }
        }
    }

    private void part(String name, InputStream in) throws IOException {
        try {
            xml(name, in);
        } catch (XMLStreamException e) {
            throw damaged(e);
        }
    }

    /** Whatever the parser met, unless the reading was cut off: that is no damage. */
    private static IOException damaged(XMLStreamException e) {
        return e.getNestedException() instanceof IOException cause
                ? cause
                : new IOException("a part of it is no proper XML", e);
    }

    private void xml(String name, InputStream in) throws XMLStreamException {
        if (name.equals(WORKBOOK)) {
            collect(XmlPart.of(in), "sheet", "id", "name", names);
        } else if (name.equals(RELATIONS)) {
            collect(XmlPart.of(in), "Relationship", "Target", "Id", parts);
        } else if (name.startsWith(SHEETS) && name.endsWith(".xml") && sheets.size() < MOST_SHEETS) {
            sheets.put(name, SheetRows.read(XmlPart.of(in)));
        }
    }

    private static void collect(XmlPart part, String element, String key, String value, Map<String, String> into)
            throws XMLStreamException {
        while (part.next() && into.size() < MOST_PARTS) {
            if (part.begins(element)) {
                into.put(part.attribute(key).orElse(""), part.attribute(value).orElse(""));
            }
        }
    }

    private String relation(String part) {
        return parts.entrySet().stream()
                .filter(e -> target(e.getKey()).equals(part))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** A target is given from the folder of the workbook, or from the root. */
    private static String target(String written) {
        return written.startsWith("/") ? written.substring(1) : "xl/" + written;
    }

    private List<Sheet> all() {
        List<Sheet> all = new ArrayList<>();
        sheets.forEach((part, rows) -> {
            String file = part.substring(SHEETS.length());
            String name = names.getOrDefault(relation(part), file);
            all.add(new Sheet(name, rows.firstRows(strings), rows.rows(), rows.whole() && !cut));
        });
        return all;
    }
}
