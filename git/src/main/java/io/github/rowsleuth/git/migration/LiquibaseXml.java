package io.github.rowsleuth.git.migration;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads change logs in XML, as far as they are well formed. No document type and no outside entity is looked at. */
final class LiquibaseXml {

    private static final int DEEPEST = 60;

    private final ChangeLog log = new ChangeLog();
    private final Deque<String> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private Map<String, String> attributes = Map.of();
    private String change = "";
    private int line;
    private int textLine;
    private boolean rollback;

    private LiquibaseXml() {}

    static ChangeLog read(String xml) {
        LiquibaseXml reader = new LiquibaseXml();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader in = factory.createXMLStreamReader(new StringReader(xml));
            while (in.hasNext() && reader.open.size() < DEEPEST) {
                reader.see(in, in.next());
            }
        } catch (XMLStreamException e) {
            reader.log.broken = true;
        }
        return reader.log;
    }

    private void see(XMLStreamReader in, int event) {
        if (event == XMLStreamConstants.START_ELEMENT) {
            start(in);
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            end(in.getLocalName());
        } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
            if (text.length() == 0) {
                String value = in.getText();
                textLine = in.getLocation().getLineNumber()
                        - (int) value.chars().filter(c -> c == '\n').count();
            }
            text.append(in.getText());
        }
    }

    private void start(XMLStreamReader in) {
        String name = in.getLocalName();
        int at = in.getLocation().getLineNumber();
        Map<String, String> given = attributes(in);
        switch (name) {
            case "include", "includeAll" ->
                log.includes.add(given.getOrDefault("file", given.getOrDefault("path", "")));
            case "changeSet" -> log.begin(given.getOrDefault("id", "?"), given.getOrDefault("author", "?"));
            case "rollback" -> {
                rollback = true;
                log.current().ifPresent(c -> c.ownRollback = true);
            }
            default -> {}
        }
        int depth = rollback ? 3 : 2;
        if ((open.size() == depth && log.current().isPresent()) || name.equals("rollback")) {
            change = name;
            attributes = given;
            line = at;
            text.setLength(0);
        }
        open.push(name);
    }

    private static Map<String, String> attributes(XMLStreamReader in) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            all.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        return all;
    }

    private void end(String name) {
        open.pop();
        if (name.equals("changeSet")) {
            log.end();
        } else if (name.equals(change)) {
            ChangeSet.Change done =
                    new ChangeSet.Change(name, attributes, text.toString(), line, textLine == 0 ? line : textLine);
            log.current().ifPresent(c -> (rollback ? c.rollback : c.changes).add(done));
            change = "";
            text.setLength(0);
        }
        rollback &= !name.equals("rollback");
    }
}
