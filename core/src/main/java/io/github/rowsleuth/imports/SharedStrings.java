package io.github.rowsleuth.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** The texts of a workbook, which its cells name by number; only those that are wanted are kept. */
final class SharedStrings {

    private SharedStrings() {}

    static Map<Integer, String> read(XmlPart part, Set<Integer> wanted) throws XMLStreamException {
        Map<Integer, String> kept = new HashMap<>();
        StringBuilder text = new StringBuilder();
        int number = -1;
        boolean within = false;
        int phonetic = 0;
        while (kept.size() < wanted.size() && part.next()) {
            if (part.begins()) {
                switch (part.name()) {
                    case "si" -> {
                        number++;
                        text.setLength(0);
                    }
                    case "t" -> within = phonetic == 0 && wanted.contains(number);
                    case "rPh" -> phonetic++;
                    default -> {}
                }
            } else if (part.ends()) {
                switch (part.name()) {
                    case "si" -> {
                        if (wanted.contains(number)) {
                            kept.put(number, text.toString());
                        }
                    }
                    case "t" -> within = false;
                    case "rPh" -> phonetic--;
                    default -> {}
                }
            } else if (within && part.isText()) {
                part.appendTo(text, SheetRows.LONGEST);
            }
        }
        return kept;
    }
}
