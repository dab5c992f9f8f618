package io.github.rowsleuth.imports;

import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One part of a workbook, read as a stream by the parser of the JDK, whatever else is on the class path. No entities,
 * nothing from outside; and no more names and depth than a workbook has, because the parser keeps every name it meets.
 */
final class XmlPart {

    private static final int MOST_NAMES = 2_000;
    private static final int DEEPEST = 100;
    private static final int LONGEST_VALUE = 512;

    private final XMLStreamReader reader;
    private final Set<String> names = new HashSet<>();
    private int depth;

    private XmlPart(XMLStreamReader reader) {
        this.reader = reader;
    }

    static XmlPart of(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return new XmlPart(factory.createXMLStreamReader(in));
    }

    /** Goes on; false at the end. */
    boolean next() throws XMLStreamException {
        if (!reader.hasNext()) {
            return false;
        }
        reader.next();
        if (begins()) {
            depth++;
            check();
        } else if (ends()) {
            depth--;
        }
        return true;
    }

    private void check() throws XMLStreamException {
        names.add(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            names.add(reader.getAttributeLocalName(i));
        }
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            names.add(String.valueOf(reader.getNamespacePrefix(i)));
        }
        if (names.size() > MOST_NAMES || depth > DEEPEST) {
            throw new XMLStreamException("it has more names or depth than any workbook");
        }
    }

    boolean begins() {
        return reader.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    boolean begins(String element) {
        return begins() && reader.getLocalName().equals(element);
    }

    boolean ends() {
        return reader.getEventType() == XMLStreamConstants.END_ELEMENT;
    }

    /** The name of the element that begins or ends here, without its name space. */
    String name() {
        return reader.getLocalName();
    }

    boolean isText() {
        return reader.isCharacters();
    }

    /** An attribute of the element that begins here, whatever its name space; what is longer than a name is cut. */
    Optional<String> attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                String value = reader.getAttributeValue(i);
                return Optional.of(value.substring(0, Math.min(LONGEST_VALUE, value.length())));
            }
        }
        return Optional.empty();
    }

    /** Adds the text that stands here, which may be a piece of one; what is longer is cut. */
    void appendTo(StringBuilder text, int longest) {
        int room = longest - text.length();
        if (room > 0) {
            String piece = reader.getText();
            text.append(piece, 0, Math.min(room, piece.length()));
        }
    }
}
