using System.Runtime.InteropServices;
using AemloBridge.Data;
using AemloBridge.Resampling;
using Google.Protobuf;

namespace AemloBridge.Protocol;

/// <summary>A recipe as the messages of a result stream, and as the file that keeps them.</summary>
public static class RecipeParts
{
    // A row number, a label number and a value.
    private const int EditBytes = 2 * sizeof(int) + 1;

    /// <summary>The parts, the header first, made as they are asked for.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="inputRows">n of the data set that was given; 0 for Generate without one.</param>
    /// <param name="sparse">The layout of the new rows: that of the data set.</param>
    /// <param name="schema">The columns, for Generate without a data set; otherwise null.</param>
    /// <param name="maxBytes">Bytes of a part at most, unless a single row is longer.</param>
    public static IEnumerable<V1.RecipePart> Of(ResamplingRecipe recipe, int inputRows, bool sparse, DatasetSchema? schema = null, int maxBytes = DatasetBlocks.DefaultMaxBytes)
    {
        SyntheticRows rows = recipe.NewRows;
        yield return new V1.RecipePart { Header = Header(recipe, inputRows, sparse, schema) };
        foreach (int[] chunk in Chunks(recipe.KeptRows ?? [], maxBytes / sizeof(int)))
            yield return new V1.RecipePart { KeptRows = new V1.KeptRows { Rows = Bytes(chunk) } };
        foreach (LabelEdit[] chunk in Chunks(recipe.LabelEdits, maxBytes / EditBytes))
            yield return new V1.RecipePart { LabelEdits = Edits(chunk) };
        foreach (int[] chunk in Chunks(recipe.CloneSources, maxBytes / sizeof(int)))
            yield return new V1.RecipePart { CloneSources = new V1.CloneSources { Rows = Bytes(chunk) } };
        var builder = new BlockBuilder(InLayout(rows.Features, sparse), rows.Labels, rows.Weights, V1.ValueType.Float64);
        int extra = rows.NeighbourRows is null ? sizeof(int) : 2 * sizeof(int);
        for (int first = 0; first < rows.Count;)
        {
            int count = builder.CountFitting(first, maxBytes, extra);
            yield return new V1.RecipePart { NewRows = NewRows(rows, builder, first, count) };
            first += count;
        }
    }

    /// <summary>Writes the parts, each preceded by its length.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="inputRows">n of the data set that was given; 0 for Generate without one.</param>
    /// <param name="sparse">The layout of the new rows: that of the data set.</param>
    /// <param name="schema">The columns, for Generate without a data set; otherwise null.</param>
    public static void Write(Stream stream, ResamplingRecipe recipe, int inputRows, bool sparse, DatasetSchema? schema = null)
    {
        foreach (V1.RecipePart part in Of(recipe, inputRows, sparse, schema))
            part.WriteDelimitedTo(stream);
    }

    /// <summary>Reads the parts that <see cref="Write"/> has written, as they are asked for; the last new rows alone where some are left out.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="fromNewRow">New rows to leave out, from the first on; everything else is given whatever it is.</param>
    /// <exception cref="ContractException">The file is damaged.</exception>
    /// <exception cref="InvalidProtocolBufferException">The file is damaged.</exception>
    public static IEnumerable<V1.RecipePart> Read(Stream stream, ulong fromNewRow = 0)
    {
        var messages = new Delimited(stream);
        while (messages.Read(V1.RecipePart.Parser) is { } part)
        {
            if (part.NewRows?.Rows is not { } block || part.NewRows.FirstRow >= fromNewRow)
                yield return part;
            else if (fromNewRow - part.NewRows.FirstRow is var skip && skip < block.RowCount)
                yield return new V1.RecipePart { NewRows = NewRowsSlice.Without(part.NewRows, (int)skip) };
        }
    }

    private static V1.RecipeHeader Header(ResamplingRecipe recipe, int inputRows, bool sparse, DatasetSchema? schema) => new()
    {
        InputRowCount = (ulong)inputRows,
        KeepsAll = recipe.KeptRows is null,
        KeptRowCount = (ulong)(recipe.KeptRows?.Length ?? 0),
        LabelEditCount = (ulong)recipe.LabelEdits.Count,
        CloneCount = (ulong)recipe.CloneSources.Length,
        NewRowCount = (ulong)recipe.NewRows.Count,
        Layout = sparse ? V1.FeatureLayout.Sparse : V1.FeatureLayout.Dense,
        ValueType = V1.ValueType.Float64,
        HasWeights = recipe.NewRows.Weights is not null,
        HasNeighbours = recipe.NewRows.NeighbourRows is not null,
        Schema = schema is null ? null : SchemaContract.ToMessage(schema),
    };

    private static V1.NewRows NewRows(SyntheticRows rows, BlockBuilder builder, int first, int count) => new()
    {
        FirstRow = (ulong)first,
        Rows = builder.Build(first, count),
        SeedRows = Bytes(rows.SeedRows.AsSpan(first, count)),
        NeighbourRows = rows.NeighbourRows is null ? ByteString.Empty : Bytes(rows.NeighbourRows.AsSpan(first, count)),
    };

    private static V1.LabelEdits Edits(LabelEdit[] edits) => new()
    {
        Rows = Bytes([.. edits.Select(edit => edit.Row)]),
        Labels = Bytes([.. edits.Select(edit => edit.Label)]),
        Values = ByteString.CopyFrom([.. edits.Select(edit => edit.Value ? (byte)1 : (byte)0)]),
    };

    private static ByteString Bytes(ReadOnlySpan<int> numbers) => ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers));

    private static IEnumerable<T[]> Chunks<T>(IEnumerable<T> items, int size) => items.Chunk(Math.Max(1, size));

    private static FeatureMatrix InLayout(FeatureMatrix features, bool sparse)
    {
        if (features.IsSparse == sparse)
            return features;
        var builder = new FeatureMatrixBuilder(features.ColumnCount, sparse);
        var row = new double[features.ColumnCount];
        for (int index = 0; index < features.RowCount; index++)
        {
            features.CopyRow(index, row);
            builder.AddDenseRow(row);
        }

        return builder.Build();
    }
}
