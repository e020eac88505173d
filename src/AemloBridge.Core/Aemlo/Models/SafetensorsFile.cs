using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AemloBridge.Aemlo.Models;

/// <summary>
/// Files in the safetensors layout: 8 bytes of header length, a JSON header that gives type, shape and place of each
/// array, then the arrays, raw and little-endian. Nothing in such a file is ever executed.
/// </summary>
internal static class SafetensorsFile
{
    private const string MetadataKey = "__metadata__";

    /// <summary>The format's own bound on headers.</summary>
    private const long MaximumHeader = 100_000_000;

    /// <summary>Arrays start at multiples of this, counted from the start of the file.</summary>
    private const int Alignment = 8;

    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<SafetensorsEntry> entries)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("model files are little-endian and this machine is not");
        byte[] header = Header(metadata, entries);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsEntry entry in entries)
            stream.Write(entry.Data.Span);
    }

    /// <summary>Reads the metadata alone.</summary>
    /// <exception cref="AemloModelFormatException">The file is not in the layout.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream) => ReadHeader(stream).Metadata;

    /// <summary>Reads everything.</summary>
    /// <exception cref="AemloModelFormatException">The file is not in the layout, or was cut short.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, SafetensorsEntry> Entries) Read(Stream stream)
    {
        SafetensorsHeader header = ReadHeader(stream);
        var entries = new Dictionary<string, SafetensorsEntry>();
        foreach (SafetensorsPlace place in header.Places)
        {
            var data = new byte[place.End - place.Start];
            stream.Position = header.DataStart + place.Start;
            stream.ReadExactly(data);
            entries.Add(place.Name, new SafetensorsEntry(place.Name, place.Type, place.Shape, data));
        }

        return (header.Metadata, entries);
    }

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<SafetensorsEntry> entries)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata)
                writer.WriteString(key, value);
            writer.WriteEndObject();
            long offset = 0;
            foreach (SafetensorsEntry entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", entry.Type);
                writer.WriteStartArray("shape");
                foreach (long size in entry.Shape)
                    writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += entry.Data.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        // The format allows trailing spaces so that the arrays start aligned.
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    /// <summary>Reads metadata and the places of the arrays.</summary>
    /// <exception cref="AemloModelFormatException">The file is not in the layout.</exception>
    public static SafetensorsHeader ReadHeader(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new AemloModelFormatException("not a model file: shorter than the 8 bytes every safetensors file starts with");
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MaximumHeader || length > stream.Length - 8)
            throw new AemloModelFormatException($"not a model file, or cut short: its first 8 bytes announce a header of {length} bytes, and {stream.Length - 8} follow");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        try
        {
            string json = new UTF8Encoding(false, true).GetString(bytes);
            using JsonDocument document = JsonDocument.Parse(json);
            return SafetensorsHeader.Parse(document.RootElement, 8 + length, stream.Length);
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException or FormatException)
        {
            throw new AemloModelFormatException("not a model file, or damaged: its header is not the JSON that a safetensors file has there", exception);
        }
    }
}
