using System.Text;

namespace AemloBridge.Data.Arff;

/// <summary>Writes everything up to and including <c>@data</c>.</summary>
internal static class ArffHeaderWriter
{
    /// <summary>Writes a schema's header, UTF-8.</summary>
    public static void Write(ArffByteWriter output, DatasetSchema schema)
    {
        output.Write(Encoding.UTF8.GetBytes($"@relation {ArffQuoting.Quote(schema.RelationName)}\n\n"));
        foreach (DataAttribute attribute in schema.Attributes)
        {
            string type = attribute.IsNominal
                ? $"{{{string.Join(',', attribute.Values.Select(value => ArffQuoting.Quote(value)))}}}"
                : attribute.DeclaredType;
            output.Write(Encoding.UTF8.GetBytes($"@attribute {ArffQuoting.Quote(attribute.Name)} {type}\n"));
        }

        output.Write("\n@data\n"u8);
    }
}
