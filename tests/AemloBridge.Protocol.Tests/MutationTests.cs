using AemloBridge.Data;
using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using CsCheck;
using Google.Protobuf;

namespace AemloBridge.Protocol.Tests;

/// <summary>
/// Whatever comes, it is taken or refused in words, and never takes more memory than the bytes that came are worth.
/// </summary>
public sealed class MutationTests
{
    // For each byte that came: the parsed message, rows in wide types in an array that grows, and the data set.
    private const int Factor = 60;

    private const int Constant = 500_000;

    [Fact]
    public void Assembler_DamagedUpload_IsTakenOrRefusedInWords()
    {
        int taken = 0, refused = 0;
        Gen.Select(AnyData.Dataset, Gen.Int[50, 2000], Gen.Int[0, int.MaxValue], Gen.Bool, Gen.Bool).Sample(
            (data, maxBytes, seed, inBytes, single) =>
            {
                Protocol.V1.ValueType type = single && Fits(data) ? Protocol.V1.ValueType.Float32 : Protocol.V1.ValueType.Float64;
                byte[][] stream = Damaged([DatasetBlocks.Header(data, "n", type), .. DatasetBlocks.Rows(data, type, maxBytes)], seed, inBytes);
                if (Survives(stream, () => Upload(stream)))
                    taken++;
                else
                    refused++;
            },
            iter: 10_000,
            threads: 1);
        // Both happen often, or the damage is of no use.
        Assert.True(taken > 500 && refused > 2000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void Assembler_DamagedRecipe_IsTakenOrRefusedInWords()
    {
        int taken = 0, refused = 0;
        (from data in AnyData.Dataset
         from recipe in AnyData.Recipe(data)
         from maxBytes in Gen.Int[50, 2000]
         from seed in Gen.Int[0, int.MaxValue]
         from inBytes in Gen.Bool
         select (data, recipe, maxBytes, seed, inBytes)).Sample(
            sample =>
            {
                (MultiLabelDataset data, ResamplingRecipe recipe, int maxBytes, int seed, bool inBytes) = sample;
                byte[][] stream = Damaged([.. RecipeParts.Of(recipe, data.RowCount, recipe.NewRows.Features.IsSparse, maxBytes: maxBytes)], seed, inBytes);
                if (Survives(stream, () => Download(stream, data.Schema)))
                    taken++;
                else
                    refused++;
            },
            iter: 10_000,
            threads: 1);
        Assert.True(taken > 100 && refused > 2000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void File_Damaged_IsReadOrRefusedInWords() =>
        (from data in AnyData.Dataset
         from recipe in AnyData.Recipe(data)
         from seed in Gen.Int[0, int.MaxValue]
         from offset in Gen.Int[0, 30]
         select (data, recipe, seed, offset)).Sample(
            sample =>
            {
                (MultiLabelDataset data, ResamplingRecipe recipe, int seed, int offset) = sample;
                using var file = new MemoryStream();
                foreach (RecipePart part in RecipeParts.Of(recipe, data.RowCount, recipe.NewRows.Features.IsSparse, maxBytes: 400))
                    Transfer.Copy(part).WriteDelimitedTo(file);
                byte[] bytes = file.ToArray();
                bytes[new Random(seed).Next(bytes.Length)] ^= (byte)(1 << seed % 8);
                Survives([bytes], () => RecipeParts.Read(new MemoryStream(bytes), (ulong)offset).Count());
            },
            iter: 5000,
            threads: 1);

    private static bool Fits(MultiLabelDataset data) =>
        Enumerable.Range(0, data.RowCount).All(row => data.Features.RowValues(row).ToArray().All(value => double.IsNaN(value) || Math.Abs(value) < float.MaxValue));

    private static byte[][] Damaged(IMessage[] messages, int seed, bool inBytes)
    {
        var mutation = new Mutation(seed);
        int at = seed % messages.Length;
        if (!inBytes)
            mutation.Field(messages[at]);
        byte[][] stream = [.. messages.Select(message => message.ToByteArray())];
        if (inBytes)
            stream[at] = mutation.Bytes(messages[at]);
        return stream;
    }

    private static void Upload(byte[][] stream)
    {
        using var assembler = new DatasetAssembler(DatasetHeader.Parser.ParseFrom(stream[0]), DatasetLimits.None, keepRows: true);
        foreach (byte[] block in stream.Skip(1))
            assembler.Add(RowBlock.Parser.ParseFrom(block));
        // Damage that made another right data set has that one's digest.
        Assert.Equal(assembler.Complete(), DatasetDigest.Of(assembler.Dataset));
        Assert.Null(Features.FeatureValues.FindInvalid(assembler.Dataset.Schema, assembler.Dataset.Features));
    }

    private static void Download(byte[][] stream, Data.DatasetSchema schema)
    {
        var assembler = new RecipeAssembler(schema);
        foreach (byte[] part in stream)
            assembler.Add(RecipePart.Parser.ParseFrom(part));
        ResamplingRecipe recipe = assembler.Complete();
        Assert.Null(Features.FeatureValues.FindInvalid(schema, recipe.NewRows.Features));
    }

    private static bool Survives(byte[][] stream, Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is ContractException or InvalidProtocolBufferException or DatasetTooLargeException)
        {
            Assert.NotEmpty(exception.Message);
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Constant + (long)Factor * stream.Sum(message => message.Length));
        }
    }
}
