using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AemloBridge.Data;

/// <summary>A hash over the values of a data set, whatever file or message it came in.</summary>
public static class DatasetFingerprint
{
    /// <summary>SHA-256 over shapes, features, labels and weights, lower-case hexadecimal.</summary>
    public static string Of(MultiLabelDataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<int> shape = [data.RowCount, data.Schema.FeatureCount, data.Schema.LabelCount, data.Features.IsSparse ? 1 : 0];
        hash.AppendData(MemoryMarshal.AsBytes(shape));
        for (int row = 0; row < data.RowCount; row++)
        {
            if (data.Features.IsSparse)
            {
                hash.AppendData(BitConverter.GetBytes(data.Features.RowColumns(row).Length));
                hash.AppendData(MemoryMarshal.AsBytes(data.Features.RowColumns(row)));
            }

            hash.AppendData(MemoryMarshal.AsBytes(data.Features.RowValues(row)));
            hash.AppendData(MemoryMarshal.AsBytes(data.Labels.RowWords(row)));
        }

        if (data.Weights is not null)
            hash.AppendData(MemoryMarshal.AsBytes<double>(data.Weights));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
