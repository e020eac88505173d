using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using Grpc.Core;
using DatasetSchema = AemloBridge.Data.DatasetSchema;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>Small data sets, recipes and models.</summary>
internal static class Samples
{
    /// <summary>The options of <see cref="ModelBytes"/>.</summary>
    public static AemloOptions ModelTraining { get; } = AemloPresets.Default with { Hidden = 8, Latent = 4, Epochs = 2, Threads = 1, Seed = 11, MinorityRule = MinorityRule.All, Device = DeviceKind.Cpu };

    private static readonly Lazy<byte[]> Trained = new(() => Train(ModelTraining));

    /// <summary>Rows of three numbers and one nominal value with two missing values, three labels.</summary>
    public static MultiLabelDataset Dataset(int rows = 40, int seed = 1, bool sparse = false)
    {
        var random = new Random(seed);
        DataAttribute[] attributes =
        [
            DataAttribute.Numeric("x1"),
            DataAttribute.Numeric("x2"),
            DataAttribute.Nominal("colour", "red", "green", "blue"),
            DataAttribute.Numeric("x3"),
            .. Enumerable.Range(1, 3).Select(number => DataAttribute.Nominal($"l{number}", "0", "1")),
        ];
        var schema = new DatasetSchema("sample", attributes, [.. Enumerable.Range(4, 3).Select(index => new LabelDefinition(attributes[index].Name, index, 1))]);
        var features = new FeatureMatrixBuilder(4, sparse);
        var labels = new LabelMatrix(rows, 3);
        for (int row = 0; row < rows; row++)
        {
            features.AddDenseRow([random.NextDouble(), row is 3 or 5 ? double.NaN : random.Next(0, 3), random.Next(3), random.NextDouble() < 0.5 ? 0 : random.NextDouble()]);
            labels[row, 0] = row % 2 == 0;
            labels[row, 1] = row % 5 == 0;
            labels[row, 2] = row % 13 == 0;
        }

        return new MultiLabelDataset(schema, features.Build(), labels);
    }

    /// <summary>So many new rows of one feature and one label; their value is their number.</summary>
    public static ResamplingRecipe Recipe(int rows, int width = 1) => ResamplingRecipe.Append(new SyntheticRows(
        FeatureMatrix.Dense(rows, width, [.. Enumerable.Range(0, rows * width).Select(cell => (double)(cell / width))]),
        new LabelMatrix(rows, 1),
        null,
        [.. Enumerable.Range(0, rows)],
        null));

    /// <summary>A model file, trained on <see cref="Dataset"/>.</summary>
    public static byte[] ModelBytes => Trained.Value;

    /// <summary>Uploads a data set as a client does.</summary>
    public static async Task<UploadDatasetResponse> UploadAsync(DatasetService.DatasetServiceClient client, MultiLabelDataset data, Action<DatasetHeader>? change = null, AemloBridge.Protocol.V1.ValueType type = AemloBridge.Protocol.V1.ValueType.Float64, int maxBytes = 500)
    {
        DatasetHeader header = DatasetBlocks.Header(data, "sample", type);
        change?.Invoke(header);
        return await UploadAsync(client, [new UploadDatasetRequest { Header = header }, .. DatasetBlocks.Rows(data, type, maxBytes).Select(block => new UploadDatasetRequest { Rows = block })]);
    }

    /// <summary>Sends messages as an upload.</summary>
    public static async Task<UploadDatasetResponse> UploadAsync(DatasetService.DatasetServiceClient client, IEnumerable<UploadDatasetRequest> messages)
    {
        using AsyncClientStreamingCall<UploadDatasetRequest, UploadDatasetResponse> call = client.UploadDataset();
        await SendAsync(call.RequestStream, messages);
        return await call;
    }

    /// <summary>Uploads a model file as a client does.</summary>
    public static async Task<UploadModelResponse> UploadAsync(ModelService.ModelServiceClient client, byte[] content, Action<ModelFileHeader>? change = null, int partBytes = 1000)
    {
        var header = new ModelFileHeader { Name = "sample model", ByteCount = (ulong)content.Length };
        change?.Invoke(header);
        return await UploadAsync(client, [new UploadModelRequest { Header = header }, .. content.Chunk(partBytes).Select(part => new UploadModelRequest { Content = Google.Protobuf.ByteString.CopyFrom(part) })]);
    }

    /// <summary>Sends messages as an upload.</summary>
    public static async Task<UploadModelResponse> UploadAsync(ModelService.ModelServiceClient client, IEnumerable<UploadModelRequest> messages)
    {
        using AsyncClientStreamingCall<UploadModelRequest, UploadModelResponse> call = client.UploadModel();
        await SendAsync(call.RequestStream, messages);
        return await call;
    }

    /// <summary>The bytes of a model file.</summary>
    public static async Task<byte[]> DownloadAsync(ModelService.ModelServiceClient client, string id)
    {
        using AsyncServerStreamingCall<DownloadModelResponse> call = client.DownloadModel(new DownloadModelRequest { ModelId = id });
        using var content = new MemoryStream();
        await foreach (DownloadModelResponse part in call.ResponseStream.ReadAllAsync())
            part.Content.WriteTo(content);
        return content.ToArray();
    }

    /// <summary>The file of a model that is trained on <see cref="Dataset"/>.</summary>
    public static byte[] Train(AemloOptions options)
    {
        using AemloModel model = AemloTrainer.Train(Dataset(), options);
        using var stream = new MemoryStream();
        ModelFile.Write(model, stream);
        return stream.ToArray();
    }

    // A server that refuses an upload ends the stream; the status comes with the response.
    private static async Task SendAsync<T>(IClientStreamWriter<T> stream, IEnumerable<T> messages)
    {
        try
        {
            foreach (T message in messages)
                await stream.WriteAsync(message);
            await stream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
        }
    }
}
