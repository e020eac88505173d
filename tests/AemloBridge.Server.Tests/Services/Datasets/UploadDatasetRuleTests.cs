using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;

namespace AemloBridge.Server.Tests.Services.Datasets;

/// <summary>Uploads that break one rule each.</summary>
public sealed class UploadDatasetRuleTests
{
    public static TheoryData<string, string> BadStreams => new()
    {
        { "nothing", "header" },
        { "rows first", "header" },
        { "two headers", "header" },
        { "empty part", "rows" },
        { "empty first part", "header" },
        { "no schema", "header.schema" },
        { "bad digest", "header.digest" },
        { "long name", "header.name" },
        { "name with control characters", "header.name" },
        { "rows missing", "header.row_count" },
        { "too many rows", "rows.row_count" },
        { "empty block", "rows.row_count" },
        { "labels cut", "rows.labels" },
        { "values cut", "rows.dense.values" },
        { "not a number", "rows.dense.values" },
        { "no such code", "rows.dense.values" },
        { "unexpected weights", "rows.weights" },
        { "sparse block", "rows.features" },
    };

    [Theory]
    [MemberData(nameof(BadStreams))]
    public async Task UploadDataset_ThatBreaksARule_NamesTheFieldAndLeavesNothing(string what, string field)
    {
        await using ServiceHost host = await ServiceHost.StartAsync();

        await StatusAssert.InvalidAsync(field, () => Samples.UploadAsync(host.Datasets(), Bad(what)));

        Assert.Empty(host.Files);
        Assert.Empty((await host.Datasets().ListDatasetsAsync(new ListDatasetsRequest())).Datasets);
    }

    private static List<UploadDatasetRequest> Bad(string what)
    {
        MultiLabelDataset data = Samples.Dataset();
        DatasetHeader header = DatasetBlocks.Header(data, "sample");
        List<RowBlock> blocks = [.. DatasetBlocks.Rows(data, maxBytes: 500)];
        List<UploadDatasetRequest> messages = [new() { Header = header }, .. blocks.Select(block => new UploadDatasetRequest { Rows = block })];
        RowBlock block = blocks[1];
        switch (what)
        {
            case "nothing":
                return [];
            case "rows first":
                messages.RemoveAt(0);
                break;
            case "two headers":
                messages.Insert(1, messages[0]);
                break;
            case "empty part":
                messages.Insert(2, new UploadDatasetRequest());
                break;
            case "empty first part":
                messages.Insert(0, new UploadDatasetRequest());
                break;
            case "no schema":
                header.Schema = null;
                break;
            case "bad digest":
                header.Digest = "abc";
                break;
            case "long name":
                header.Name = new string('n', 201);
                break;
            case "name with control characters":
                header.Name = "a\nb";
                break;
            case "rows missing":
                messages.RemoveAt(messages.Count - 1);
                break;
            case "too many rows":
                messages.Add(messages[^1]);
                break;
            case "empty block":
                messages.Insert(2, new UploadDatasetRequest { Rows = new RowBlock { Dense = new DenseFeatures() } });
                break;
            case "labels cut":
                block.Labels = ByteString.CopyFrom(block.Labels.Span[1..]);
                break;
            case "values cut":
                block.Dense.Values = ByteString.CopyFrom(block.Dense.Values.Span[1..]);
                break;
            case "not a number":
                block.Dense.Values = With(block.Dense.Values, 0, double.NaN);
                break;
            case "no such code":
                block.Dense.Values = With(block.Dense.Values, 2, 3);
                break;
            case "unexpected weights":
                block.Weights = ByteString.CopyFrom(new byte[8 * (int)block.RowCount]);
                break;
            case "sparse block":
                block.Sparse = new SparseFeatures();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, null);
        }

        return messages;
    }

    private static ByteString With(ByteString values, int at, double value)
    {
        byte[] bytes = values.ToByteArray();
        MemoryMarshal.Cast<byte, double>(bytes.AsSpan())[at] = value;
        return ByteString.CopyFrom(bytes);
    }
}
