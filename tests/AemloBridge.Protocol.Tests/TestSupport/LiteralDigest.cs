using System.Security.Cryptography;
using System.Text;
using AemloBridge.Data;

namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>The digest written down as dataset.proto says it, one value after the other.</summary>
internal static class LiteralDigest
{
    public static string Of(MultiLabelDataset data)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Encoding.ASCII.GetBytes("AEMLODS1"));
        Text(writer, data.Schema.RelationName);
        writer.Write((uint)data.Schema.Attributes.Count);
        foreach (DataAttribute attribute in data.Schema.Attributes)
        {
            Text(writer, attribute.Name);
            writer.Write((byte)(attribute.IsNominal ? 1 : 0));
            if (attribute.IsNominal)
            {
                writer.Write((uint)attribute.Values.Count);
                foreach (string value in attribute.Values)
                    Text(writer, value);
            }
            else
            {
                Text(writer, attribute.DeclaredType == "" ? "numeric" : attribute.DeclaredType);
            }
        }

        writer.Write((uint)data.Schema.LabelCount);
        foreach (LabelDefinition label in data.Schema.Labels)
        {
            writer.Write((uint)label.AttributeIndex);
            writer.Write((uint)label.PositiveValue);
            writer.Write(label.Parent < 0 ? -1 : label.Parent);
        }

        writer.Write((byte)(data.Features.IsSparse ? 1 : 0));
        writer.Write((byte)(data.Weights is null ? 0 : 1));
        writer.Write((ulong)data.RowCount);
        for (int row = 0; row < data.RowCount; row++)
            Row(writer, data, row);
        return Convert.ToHexString(SHA256.HashData(bytes.ToArray())).ToLowerInvariant();
    }

    private static void Row(BinaryWriter writer, MultiLabelDataset data, int row)
    {
        if (data.Features.IsSparse)
        {
            writer.Write((uint)data.Features.RowColumns(row).Length);
            foreach (int column in data.Features.RowColumns(row))
                writer.Write((uint)column);
        }

        foreach (double value in data.Features.RowValues(row))
        {
            if (double.IsNaN(value))
                writer.Write([0, 0, 0, 0, 0, 0, 0xF8, 0x7F]);
            else
                writer.Write(value);
        }

        var labels = new byte[(data.Schema.LabelCount + 7) / 8];
        for (int label = 0; label < data.Schema.LabelCount; label++)
        {
            if (data.Labels[row, label])
                labels[label / 8] |= (byte)(1 << (label % 8));
        }

        writer.Write(labels);
        if (data.Weights is not null)
            writer.Write(data.Weights[row]);
    }

    private static void Text(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((uint)bytes.Length);
        writer.Write(bytes);
    }
}
