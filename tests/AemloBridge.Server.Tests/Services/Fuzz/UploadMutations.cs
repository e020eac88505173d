using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;
using ValueType = AemloBridge.Protocol.V1.ValueType;

namespace AemloBridge.Server.Tests.Services.Fuzz;

/// <summary>Uploads of data sets with something wrong in most of them.</summary>
internal static class UploadMutations
{
    private static readonly MultiLabelDataset[] Data = [Samples.Dataset(40), Samples.Dataset(40, sparse: true), Weighted(Samples.Dataset(17)), Samples.Dataset(3, sparse: true)];

    /// <summary>The messages of an upload, serialized.</summary>
    public static List<byte[]> Draw(Random random)
    {
        MultiLabelDataset data = Data[random.Next(Data.Length)];
        ValueType type = random.Next(3) == 0 ? ValueType.Float32 : ValueType.Float64;
        DatasetHeader header = DatasetBlocks.Header(data, "fuzz", type);
        List<RowBlock> blocks = [.. DatasetBlocks.Rows(data, type, random.Next(100, 2000)).Select(block => block.Clone())];
        for (int mutation = random.Next(3); mutation >= 0; mutation--)
        {
            if (random.Next(3) == 0)
                Change(header, random);
            else
                Change(blocks[random.Next(blocks.Count)], random);
        }

        List<byte[]> messages = [new UploadDatasetRequest { Header = header }.ToByteArray(), .. blocks.Select(block => new UploadDatasetRequest { Rows = block }.ToByteArray())];
        if (random.Next(3) == 0)
            Disturb(messages, random);
        return messages;
    }

    private static void Change(DatasetHeader header, Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                header.RowCount = Number(random);
                break;
            case 1:
                header.EntryCount = Number(random);
                break;
            case 2:
                header.Layout = (FeatureLayout)random.Next(-1, 5);
                break;
            case 3:
                header.ValueType = (ValueType)random.Next(-1, 5);
                break;
            case 4:
                header.HasWeights ^= true;
                break;
            case 5:
                header.Digest = Convert.ToHexStringLower(ByteMutations.Random(random, random.Next(40)));
                break;
            case 6:
                header.Name = new string((char)random.Next(0x20, 0xd000), random.Next(500));
                break;
            case 7:
                header.Schema = random.Next(2) == 0 ? null : new AemloBridge.Protocol.V1.DatasetSchema();
                break;
            case 8:
                header.Schema?.Attributes.Clear();
                break;
            case 9:
                header.Schema?.Labels.Add(new Label { AttributeIndex = (uint)Number(random), PositiveValue = (uint)Number(random), Parent = (uint)Number(random) });
                break;
            case 10:
                foreach (Label label in header.Schema?.Labels ?? [])
                    label.Parent = (uint)random.Next(4);
                break;
            default:
                header.Schema?.Attributes.Add(new AemloBridge.Protocol.V1.Attribute { Name = random.Next(2) == 0 ? "" : "x1", Nominal = new NominalType { Values = { "a", "a" } } });
                break;
        }
    }

    private static void Change(RowBlock block, Random random)
    {
        switch (random.Next(11))
        {
            case 0:
                block.RowCount = (uint)Number(random);
                break;
            case 1:
                block.Labels = Cut(block.Labels, random);
                break;
            case 2:
                block.Labels = ByteString.CopyFrom(ByteMutations.Random(random, block.Labels.Length));
                break;
            case 3:
                block.Weights = ByteString.CopyFrom(ByteMutations.Random(random, (int)Math.Min(block.RowCount, 1000) * 8));
                break;
            case 4:
                block.ClearFeatures();
                break;
            case 5:
                if (random.Next(2) == 0)
                    block.Dense = new DenseFeatures { Values = ByteString.CopyFrom(ByteMutations.Random(random, random.Next(2000))) };
                else
                    block.Sparse = new SparseFeatures { EntryCounts = ByteString.CopyFrom(ByteMutations.Random(random, 4 * (int)Math.Min(block.RowCount, 1000))) };
                break;
            case 6 when block.Sparse is not null:
                block.Sparse.Columns = With(block.Sparse.Columns, random, (uint)Number(random));
                break;
            case 7 when block.Sparse is not null:
                block.Sparse.EntryCounts = With(block.Sparse.EntryCounts, random, (uint)Number(random));
                break;
            case 8 when block.Sparse is not null:
                block.Sparse.Missing = ByteString.CopyFrom(ByteMutations.Random(random, random.Next(100)));
                break;
            case 8 when block.Dense is not null:
                block.Dense.Missing = ByteString.CopyFrom(ByteMutations.Random(random, random.Next(100)));
                break;
            case 9 when block.Sparse is not null:
                block.Sparse.Values = Cut(block.Sparse.Values, random);
                break;
            case 9 when block.Dense is not null:
                block.Dense.Values = Cut(block.Dense.Values, random);
                break;
            default:
                double odd = random.Next(4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => 1e300, _ => -1.5 };
                if (block.Dense is not null)
                    block.Dense.Values = With(block.Dense.Values, random, odd);
                else if (block.Sparse is not null)
                    block.Sparse.Values = With(block.Sparse.Values, random, odd);
                break;
        }
    }

    private static void Disturb(List<byte[]> messages, Random random)
    {
        int at = random.Next(messages.Count);
        switch (random.Next(5))
        {
            case 0:
                messages.RemoveAt(at);
                break;
            case 1:
                messages.Insert(at, messages[random.Next(messages.Count)]);
                break;
            case 2:
                messages.Reverse();
                break;
            case 3:
                messages.Insert(at, []);
                break;
            default:
                messages[at] = ByteMutations.Of(messages[at], random);
                break;
        }
    }

    private static ulong Number(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => (ulong)random.Next(100),
        2 => int.MaxValue,
        3 => uint.MaxValue,
        4 => ulong.MaxValue,
        _ => (ulong)random.NextInt64(),
    };

    private static ByteString Cut(ByteString bytes, Random random) => ByteString.CopyFrom(bytes.Span[..random.Next(bytes.Length + 1)]);

    private static ByteString With<T>(ByteString bytes, Random random, T value)
        where T : unmanaged
    {
        byte[] changed = bytes.ToByteArray();
        Span<T> cells = MemoryMarshal.Cast<byte, T>(changed.AsSpan());
        if (cells.Length > 0)
            cells[random.Next(cells.Length)] = value;
        return ByteString.CopyFrom(changed);
    }

    private static MultiLabelDataset Weighted(MultiLabelDataset data) =>
        new(data.Schema, data.Features, data.Labels, [.. Enumerable.Range(0, data.RowCount).Select(row => row / 4.0)]);
}
