using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using Google.Protobuf;

namespace AemloBridge.Protocol.Tests.TestSupport;

/// <summary>Sends things through real bytes, as a stream of messages does.</summary>
internal static class Transfer
{
    public static (MultiLabelDataset Data, string Digest) Dataset(MultiLabelDataset data, Protocol.V1.ValueType type = Protocol.V1.ValueType.Float64, int maxBytes = DatasetBlocks.DefaultMaxBytes)
    {
        using var assembler = new DatasetAssembler(Copy(DatasetBlocks.Header(data, "", type)), DatasetLimits.None, keepRows: true);
        foreach (RowBlock block in DatasetBlocks.Rows(data, type, maxBytes))
            assembler.Add(Copy(block));
        string digest = assembler.Complete();
        return (assembler.Dataset, digest);
    }

    public static ResamplingRecipe Recipe(ResamplingRecipe recipe, Data.DatasetSchema schema, int inputRows, bool sparse, int maxBytes = DatasetBlocks.DefaultMaxBytes)
    {
        var assembler = new RecipeAssembler(schema);
        foreach (RecipePart part in RecipeParts.Of(recipe, inputRows, sparse, maxBytes: maxBytes))
            assembler.Add(Copy(part));
        return assembler.Complete();
    }

    public static T Copy<T>(T message)
        where T : IMessage<T>, new()
    {
        var copy = new T();
        copy.MergeFrom(message.ToByteArray());
        return copy;
    }
}
