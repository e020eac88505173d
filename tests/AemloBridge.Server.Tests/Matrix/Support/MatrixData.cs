using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>What the calls of the table send.</summary>
internal static class MatrixData
{
    public const int GeneratedRows = 7;
    public const long GenerationSeed = 3;

    private const int BlockBytes = 500;
    private const int PartBytes = 4000;

    private static readonly Lazy<byte[]> Spare = new(() => Samples.Train(Samples.ModelTraining with { Seed = 12 }));

    /// <summary>A job that is soon over. Its model holds every row: a download of it fills the windows between client and server.</summary>
    public static AemloOptions Short { get; } = JobData.Small with { MinorityRule = MinorityRule.All };

    /// <summary>A job that is long enough to be met while it runs.</summary>
    public static AemloOptions Long { get; } = Short with { Epochs = 150 };

    /// <summary>A job that never ends by itself.</summary>
    public static AemloOptions Endless { get; } = Short with { Epochs = JobData.Endless.Epochs };

    /// <summary>A data set that the server does not have yet.</summary>
    public static MultiLabelDataset NewDataset { get; } = Samples.Dataset(seed: 22);

    /// <summary>A data set that may go.</summary>
    public static MultiLabelDataset SpareDataset { get; } = Samples.Dataset(seed: 21);

    /// <summary>The model that the tenant has all the time.</summary>
    public static byte[] KeptModel => Undisturbed.Of(Short).Model;

    /// <summary>A model that the server does not have yet.</summary>
    public static byte[] NewModel => Samples.ModelBytes;

    /// <summary>A model that may go.</summary>
    public static byte[] SpareModel => Spare.Value;

    /// <summary>An upload of several messages.</summary>
    public static IEnumerable<IMessage> Upload(MultiLabelDataset data) =>
    [
        new UploadDatasetRequest { Header = DatasetBlocks.Header(data, "sample") },
        .. DatasetBlocks.Rows(data, maxBytes: BlockBytes).Select(block => new UploadDatasetRequest { Rows = block }),
    ];

    /// <inheritdoc cref="Upload(MultiLabelDataset)"/>
    public static IEnumerable<IMessage> Upload(byte[] model) =>
    [
        new UploadModelRequest { Header = new ModelFileHeader { Name = "sample", ByteCount = (ulong)model.Length } },
        .. model.Chunk(PartBytes).Select(part => new UploadModelRequest { Content = ByteString.CopyFrom(part) }),
    ];
}
