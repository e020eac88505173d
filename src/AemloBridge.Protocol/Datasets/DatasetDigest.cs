using System.Runtime.InteropServices;
using AemloBridge.Data;

namespace AemloBridge.Protocol;

/// <summary>The digest that names a data set, as dataset.proto defines it.</summary>
public static class DatasetDigest
{
    private const int Length = 64;

    /// <summary>The digest: 64 lower-case hexadecimal digits.</summary>
    public static string Of(MultiLabelDataset data)
    {
        bool sparse = data.Features.IsSparse;
        int labelBytes = (data.Schema.LabelCount + 7) / 8;
        using var digest = new DigestWriter(data.Schema, sparse, data.Weights is not null, (ulong)data.RowCount);
        for (int row = 0; row < data.RowCount; row++)
        {
            if (sparse)
                digest.Columns(data.Features.RowColumns(row));
            digest.Values(data.Features.RowValues(row));
            digest.Labels(MemoryMarshal.AsBytes(data.Labels.RowWords(row))[..labelBytes]);
            if (data.Weights is not null)
                digest.Weight(data.Weights[row]);
        }

        return digest.Complete();
    }

    /// <summary>Whether a text has the form of a digest.</summary>
    public static bool IsDigest(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);
}
