package io.github.rowsleuth.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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

    private Workbook() {}

    /** Reads it once, and once more for the texts of the first rows, which stand in a part of their own. */
    static List<Sheet> read(SourceContent content, Budget budget) throws IOException {
        Workbook workbook = new Workbook();
        workbook.eachPart(content, budget, workbook::part);
        Set<Integer> wanted = new TreeSet<>();
        workbook.sheets.values().forEach(s -> wanted.addAll(s.wantedStrings()));
        if (!wanted.isEmpty()) {
            workbook.eachPart(content, budget, (name, in) -> {
                if (name.equals(STRINGS)) {
                    workbook.strings = SharedStrings.read(XmlPart.of(in), wanted);
                }
            });
        }
        return workbook.all();
    }

    private interface Part {
        void read(String name, InputStream in) throws IOException, XMLStreamException;
    }

    private void eachPart(SourceContent content, Budget budget, Part part) throws IOException {
        long[] left = {MOST_UNPACKED};
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(content.open()))) {
            int count = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++count > MOST_PARTS) {
                    throw new IOException("it has more than " + MOST_PARTS + " parts");
                }
                InputStream bounded = new BoundedInput(zip, left, budget);
                part.read(entry.getName(), bounded);
                bounded.transferTo(java.io.OutputStream.nullOutputStream());
            }
        } catch (XMLStreamException e) {
            throw new IOException("a part of it is no proper XML", e);
        }
    }

    private void part(String name, InputStream in) throws IOException, XMLStreamException {
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
            all.add(new Sheet(name, rows.firstRows(strings), rows.rows(), rows.whole()));
        });
        return all;
    }
}
