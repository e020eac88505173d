using System.Text;
using System.Xml;

namespace AemloBridge.Data.LabelSources;

/// <summary>Reads and writes Mulan's label files: nested <c>label</c> elements, a child inside its parent.</summary>
internal static class MulanLabelXml
{
    private const string Namespace = "http://mulan.sourceforge.net/labels";

    /// <summary>The labels of a file in the order listed, parents before their children.</summary>
    /// <exception cref="AemloInputException">It is not a label file, or names a label twice.</exception>
    public static List<LabelNode> Read(Stream stream, string file)
    {
        // No DTD and no resolver: a label file cannot make the reader open anything else or grow entities.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true, IgnoreProcessingInstructions = true };
        using var reader = XmlReader.Create(stream, settings);
        try
        {
            return ReadLabels(reader, file);
        }
        catch (XmlException error)
        {
            throw new AemloInputException($"not a well-formed label file: {error.Message}", file, error.LineNumber, error.LinePosition);
        }
    }

    /// <summary>Writes the labels of a schema with their hierarchy, UTF-8.</summary>
    /// <exception cref="AemloInputException">A name holds a character that XML cannot hold.</exception>
    public static void Write(Stream stream, DatasetSchema schema)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Entitize, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using var writer = XmlWriter.Create(stream, settings);
        writer.WriteStartDocument();
        writer.WriteStartElement("labels", Namespace);
        WriteChildren(writer, schema, -1);
        writer.WriteEndElement();
        writer.WriteEndDocument();
    }

    private static void WriteChildren(XmlWriter writer, DatasetSchema schema, int parent)
    {
        for (int label = 0; label < schema.LabelCount; label++)
        {
            if (schema.Labels[label].Parent != parent)
                continue;
            string name = schema.Labels[label].Name;
            if (!name.All(unit => XmlConvert.IsXmlChar(unit) || char.IsSurrogate(unit)))
                throw new AemloInputException($"the name of label '{name}' holds a control character, which a label file (XML) cannot hold; rename the label");
            writer.WriteStartElement("label", Namespace);
            writer.WriteAttributeString("name", name);
            WriteChildren(writer, schema, label);
            writer.WriteEndElement();
        }
    }

    private static List<LabelNode> ReadLabels(XmlReader reader, string file)
    {
        var place = (IXmlLineInfo)reader;
        var labels = new List<LabelNode>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<int>();
        bool rootSeen = false;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !rootSeen:
                    if (reader.LocalName != "labels")
                        throw Error($"the file begins with <{reader.Name}>; a label file begins with <labels xmlns=\"{Namespace}\">");
                    rootSeen = true;
                    break;
                case XmlNodeType.Element when reader.LocalName == "label":
                    AddLabel();
                    break;
                case XmlNodeType.Element:
                    throw Error($"<{reader.Name}> is not known here; a label file holds <label name=\"...\"> elements only");
                case XmlNodeType.EndElement:
                    _ = open.TryPop(out _);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    throw Error("text between the labels; a label's name belongs into its attribute: <label name=\"...\">");
                default:
                    break;
            }
        }

        return labels.Count > 0 ? labels : throw new AemloInputException("the file lists no label; at least one is needed", file);

        void AddLabel()
        {
            string? name = reader.GetAttribute("name");
            if (string.IsNullOrEmpty(name))
                throw Error("this label has no name; write <label name=\"...\">");
            if (!known.TryAdd(name, place.LineNumber))
                throw Error($"the label '{name}' is listed on line {known[name]} already; list each label once");
            labels.Add(new LabelNode(name, open.Count == 0 ? -1 : open.Peek(), place.LineNumber, place.LinePosition));
            if (!reader.IsEmptyElement)
                open.Push(labels.Count - 1);
        }

        AemloInputException Error(string reason) => new(reason, file, place.LineNumber, place.LinePosition);
    }
}
