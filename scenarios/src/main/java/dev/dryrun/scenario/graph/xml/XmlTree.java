// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.xml;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads XML into elements. A document type, with which a file could make the reader open others or grow without end,
/// is refused.
public final class XmlTree {
    private static final int DEEPEST = 90;
    private static final int MOST_ELEMENTS = 500_000;

    private final String file;
    private final String[] lines;
    private final Problems problems;
    private int elements;

    private XmlTree(String file, String text, Problems problems) {
        this.file = file;
        this.lines = text.split("\n", -1);
        this.problems = problems;
    }

    /// The root; null where the file is not XML or not acceptable, which is told.
    public static @Nullable XmlElement read(String file, String text, Problems problems) {
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new XmlTree(file, clean, problems).root(clean);
    }

    private @Nullable XmlElement root(String text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return elements(factory.createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException e) {
            Location where = e.getLocation();
            Position at = where == null || where.getLineNumber() < 1
                    ? Position.startOf(file)
                    : new Position(file, where.getLineNumber(), Math.max(1, where.getColumnNumber()));
            return refuse(at, "not XML (" + reason(e) + ")", "must be well-formed XML");
        }
    }

    /// What the parser says, without the place, which the problem has.
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int last = message.indexOf("Message: ");
        String said = (last < 0 ? message : message.substring(last + "Message: ".length()))
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
    }

    private @Nullable XmlElement elements(XMLStreamReader reader) throws XMLStreamException {
        Deque<Open> open = new ArrayDeque<>();
        XmlElement root = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> {
                    return refuse(ofDocumentType(), "one with a document type (DOCTYPE)", "such files are not read");
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> {
                    return refuse(placeOf(reader), "one with a reference to an entity", "such files are not read");
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() >= DEEPEST || ++elements > MOST_ELEMENTS) {
                        return refuse(
                                placeOf(reader),
                                open.size() >= DEEPEST ? "nested deeply" : "large",
                                "must have at most " + DEEPEST + " levels and " + MOST_ELEMENTS + " elements");
                    }
                    open.push(new Open(reader.getLocalName(), attributes(reader), placeOf(reader)));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    Open parent = open.peek();
                    if (parent != null) {
                        parent.text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement done = open.pop().close();
                    Open parent = open.peek();
                    if (parent == null) {
                        root = done;
                    } else {
                        parent.children.add(done);
                    }
                }
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return root;
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    /// The parser stands behind the tag; the tag begins at the last bracket before.
    private Position placeOf(XMLStreamReader reader) {
        int line = Math.clamp(reader.getLocation().getLineNumber(), 1, lines.length);
        int column = reader.getLocation().getColumnNumber() - 1;
        while (line > 1) {
            int bracket = lines[line - 1].lastIndexOf('<', Math.max(0, column - 1));
            if (bracket >= 0) {
                return new Position(file, line, bracket + 1);
            }
            line--;
            column = lines[line - 1].length();
        }
        return new Position(file, 1, Math.max(0, lines[0].lastIndexOf('<', Math.max(0, column - 1))) + 1);
    }

    private Position ofDocumentType() {
        for (int i = 0; i < lines.length; i++) {
            int column = lines[i].indexOf("<!DOCTYPE");
            if (column >= 0) {
                return new Position(file, i + 1, column + 1);
            }
        }
        return Position.startOf(file);
    }

    private @Nullable XmlElement refuse(Position at, String found, String expected) {
        problems.add(at, "", found, expected, "");
        return null;
    }

    /// An element whose end has not been seen.
    private static final class Open {
        private final String name;
        private final Map<String, String> attributes;
        private final Position at;
        private final List<XmlElement> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Open(String name, Map<String, String> attributes, Position at) {
            this.name = name;
            this.attributes = Collections.unmodifiableMap(attributes);
            this.at = at;
        }

        XmlElement close() {
            return new XmlElement(
                    name, attributes, List.copyOf(children), text.toString().strip(), at);
        }
    }
}
