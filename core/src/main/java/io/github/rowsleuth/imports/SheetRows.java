package io.github.rowsleuth.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** The rows of a sheet: the first few with their cells, of the others only how many hold anything. */
final class SheetRows {

    static final int LONGEST = 128;

    private static final int MOST_KEPT = 3;
    private static final int MOST_CELLS = 256;

    /** A cell, whose text may stand elsewhere. */
    private record Cell(String text, boolean shared) {}

    private final List<List<Cell>> first = new ArrayList<>();
    private List<Cell> row = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private boolean shared;
    private boolean within;
    private boolean filled;
    private long rows;
    private boolean whole;

    private SheetRows() {}

    static SheetRows read(XmlPart part) throws XMLStreamException {
        SheetRows sheet = new SheetRows();
        try {
            while (part.next()) {
                sheet.see(part);
            }
            sheet.whole = true;
        } catch (XMLStreamException e) {
            if (!(e.getNestedException() instanceof BoundedInput.CutOffException)) {
                throw e;
            }
        }
        return sheet;
    }

    private void see(XmlPart part) {
        if (part.begins()) {
            begin(part);
        } else if (part.ends()) {
            end(part.name());
        } else if (within && part.isText()) {
            filled = true;
            if (first.size() < MOST_KEPT) {
                part.appendTo(value, LONGEST);
            }
        }
    }

    private void begin(XmlPart part) {
        switch (part.name()) {
            case "row" -> {
                row = new ArrayList<>();
                filled = false;
            }
            case "c" -> {
                value.setLength(0);
                shared = first.size() < MOST_KEPT
                        && part.attribute("t").filter("s"::equals).isPresent();
            }
            case "v", "t" -> within = true;
            default -> {}
        }
    }

    private void end(String element) {
        switch (element) {
            case "v", "t" -> within = false;
            case "c" -> {
                if (first.size() < MOST_KEPT && row.size() < MOST_CELLS) {
                    row.add(new Cell(value.toString(), shared));
                }
            }
            case "row" -> {
                if (filled) {
                    rows++;
                    if (first.size() < MOST_KEPT) {
                        first.add(row);
                    }
                }
            }
            default -> {}
        }
    }

    /** The numbers of the texts that its first rows name. */
    Set<Integer> wantedStrings() {
        Set<Integer> wanted = new TreeSet<>();
        first.forEach(r -> r.stream().filter(Cell::shared).forEach(c -> wanted.add(number(c))));
        return wanted;
    }

    private static int number(Cell cell) {
        return cell.text().matches("\\d{1,9}") ? Integer.parseInt(cell.text()) : -1;
    }

    List<List<String>> firstRows(Map<Integer, String> strings) {
        return first.stream()
                .map(r -> r.stream()
                        .map(c -> c.shared() ? strings.getOrDefault(number(c), "") : c.text())
                        .toList())
                .toList();
    }

    long rows() {
        return rows;
    }

    boolean whole() {
        return whole;
    }
}
