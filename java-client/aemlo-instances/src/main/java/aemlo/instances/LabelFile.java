// SPDX-License-Identifier: GPL-3.0-or-later
package aemlo.instances;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Mulan's label file: nested elements "label", a child inside its parent. */
final class LabelFile {
  private final List<String> names = new ArrayList<>();
  private final List<String> parents = new ArrayList<>();

  private LabelFile() {}

  static LabelFile read(Path path) {
    // Neither a document type nor an entity: a label file makes its reader open nothing else.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream stream = Files.newInputStream(path)) {
      LabelFile file = new LabelFile();
      file.read(factory.createXMLStreamReader(stream));
      return file;
    } catch (XMLStreamException broken) {
      throw Problems.invalid(path + " is no label file: " + broken.getMessage());
    } catch (IOException unreadable) {
      throw Problems.invalid(
          "the label file " + path + " cannot be read (" + unreadable + "); check the path");
    }
  }

  /** The labels, parents before their children. */
  List<String> names() {
    return names;
  }

  /** For each label its parent's name; null for a root. */
  List<String> parents() {
    return parents;
  }

  private void read(XMLStreamReader reader) throws XMLStreamException {
    Deque<String> open = new ArrayDeque<>();
    boolean rootSeen = false;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String element = reader.getLocalName();
        if (!element.equals(rootSeen ? "label" : "labels")) {
          throw new XMLStreamException(
              "<"
                  + element
                  + "> where <"
                  + (rootSeen ? "label name=\"...\"" : "labels")
                  + "> was expected",
              reader.getLocation());
        }
        if (rootSeen) {
          open.push(add(reader, open.peek()));
        }
        rootSeen = true;
      } else if (event == XMLStreamConstants.END_ELEMENT && !open.isEmpty()) {
        open.pop();
      }
    }
    if (names.isEmpty()) {
      throw new XMLStreamException("it lists no label");
    }
  }

  private String add(XMLStreamReader reader, String parent) throws XMLStreamException {
    String name = reader.getAttributeValue(null, "name");
    if (name == null || name.isEmpty()) {
      throw new XMLStreamException("a label without a name", reader.getLocation());
    }
    if (names.contains(name)) {
      throw new XMLStreamException("label '" + name + "' is listed twice", reader.getLocation());
    }
    names.add(name);
    parents.add(parent);
    return name;
  }
}
