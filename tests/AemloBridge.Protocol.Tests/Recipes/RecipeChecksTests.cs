using AemloBridge.Protocol.Tests.TestSupport;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using Google.Protobuf;

namespace AemloBridge.Protocol.Tests.Recipes;

/// <summary>One thing wrong in the parts of a recipe that is right otherwise: a server is not trusted blindly.</summary>
public sealed class RecipeChecksTests
{
    private const int Header = 0, Kept = 1, Edits = 2, Clones = 3, New = 4;

    public static TheoryData<string, string, int, Action<RecipePart>> Wrong { get; } = new()
    {
        { "recipe.part", "is not set", Header, part => part.ClearPart() },
        { "recipe.header.input_row_count", "more than", Header, part => part.Header.InputRowCount = 1UL << 31 },
        { "recipe.header.kept_row_count", "must be 0", Header, part => part.Header.KeepsAll = true },
        { "recipe.header.kept_row_count", "3 announced, 2 came", Header, part => part.Header.KeptRowCount = 3 },
        { "recipe.header.label_edit_count", "3 announced, 2 came", Header, part => part.Header.LabelEditCount = 3 },
        { "recipe.header.clone_count", "4 announced, 3 came", Header, part => part.Header.CloneCount = 4 },
        { "recipe.header.new_row_count", "4 announced, 3 came", Header, part => part.Header.NewRowCount = 4 },
        { "recipe.header.layout", "must be", Header, part => part.Header.Layout = FeatureLayout.Unspecified },
        { "recipe.header.value_type", "must be", Header, part => part.Header.ValueType = Protocol.V1.ValueType.Unspecified },
        { "recipe.kept_rows.rows", "more numbers than the 1", Header, part => part.Header.KeptRowCount = 1 },
        { "recipe.kept_rows.rows", "number 1: row 3 does not exist", Kept, part => part.KeptRows.Rows = Valid.Bytes(0, 3) },
        { "recipe.kept_rows.rows", "number 1: 0 after 2", Kept, part => part.KeptRows.Rows = Valid.Bytes(2, 0) },
        { "recipe.kept_rows.rows", "number 1: 2 after 2", Kept, part => part.KeptRows.Rows = Valid.Bytes(2, 2) },
        { "recipe.kept_rows.rows", "7 bytes", Kept, part => part.KeptRows.Rows = ByteString.CopyFrom(new byte[7]) },
        { "recipe.kept_rows.rows", "0 bytes", Kept, part => part.KeptRows.Rows = ByteString.Empty },
        { "recipe.label_edits.rows", "number 1: row 1 is not among the kept rows", Edits, part => part.LabelEdits.Rows = Valid.Bytes(0, 1) },
        { "recipe.label_edits.rows", "number 0: row 4294967295 does not exist", Edits, part => part.LabelEdits.Rows = Valid.Bytes(-1, 0) },
        { "recipe.label_edits.labels", "number 1: label 9 does not exist", Edits, part => part.LabelEdits.Labels = Valid.Bytes(0, 9) },
        { "recipe.label_edits.labels", "4 bytes where 8", Edits, part => part.LabelEdits.Labels = Valid.Bytes(0) },
        { "recipe.label_edits.values", "number 0: must be 0 or 1", Edits, part => part.LabelEdits.Values = ByteString.CopyFrom(2, 0) },
        { "recipe.label_edits.values", "1 bytes where 2", Edits, part => part.LabelEdits.Values = ByteString.CopyFrom(0) },
        { "recipe.clone_sources.rows", "number 2: row 3 does not exist", Clones, part => part.CloneSources.Rows = Valid.Bytes(0, 0, 3) },
        { "recipe.new_rows.first_row", "is 1, but 0", New, part => part.NewRows.FirstRow = 1 },
        { "recipe.new_rows.rows", "is not set", New, part => part.NewRows.Rows = null },
        { "recipe.new_rows.rows.row_count", "at least 1", New, part => part.NewRows.Rows.RowCount = 0 },
        { "recipe.new_rows.rows.dense.values", "row 1, feature 1", New, part => part.NewRows.Rows.Dense.Values = Valid.Bytes(1, 2, 3, 0.5, 5, 0) },
        { "recipe.new_rows.seed_rows", "new row 2: row 3 does not exist", New, part => part.NewRows.SeedRows = Valid.Bytes(0, 0, 3) },
        { "recipe.new_rows.seed_rows", "new row 0: row -1 does not exist", New, part => part.NewRows.SeedRows = Valid.Bytes(-1, 0, 0) },
        { "recipe.new_rows.seed_rows", "8 bytes where 12", New, part => part.NewRows.SeedRows = Valid.Bytes(1, 0) },
        { "recipe.new_rows.neighbour_rows", "new row 0: row -2 does not exist", New, part => part.NewRows.NeighbourRows = Valid.Bytes(-2, 0, 0) },
        { "recipe.new_rows.neighbour_rows", "0 bytes where 12", New, part => part.NewRows.NeighbourRows = ByteString.Empty },
        { "recipe.new_rows.neighbour_rows", "must be empty", Header, part => part.Header.HasNeighbours = false },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Assembler_OneThingWrong_NamesTheFieldAndTheReason(string field, string reason, int at, Action<RecipePart> damage)
    {
        RecipePart[] parts = Parts();
        Assemble(parts);
        damage(parts[at]);
        Refused.At(field, reason, () => Assemble(parts));
    }

    [Fact]
    public void Add_PartBeforeTheHeader_IsRefused() =>
        Refused.At("recipe.header", "first part", () => new RecipeAssembler(Valid.Dataset(sparse: false).Schema).Add(Parts()[Clones]));

    [Fact]
    public void Add_PartsOutOfOrder_IsRefused() =>
        Refused.At("recipe.part", "order of their fields", () => Assemble(Parts()[Header], Parts()[Clones], Parts()[Kept]));

    [Fact]
    public void Add_AnotherHeader_IsRefused()
    {
        RecipePart[] parts = Parts();
        RecipePart other = Parts()[Header];
        other.Header.CloneCount = 7;
        Refused.At("recipe.header", "another recipe", () => Assemble([.. parts, other]));
    }

    [Fact]
    public void Add_MoreNewRowsThanAnnounced_IsRefused()
    {
        RecipePart[] parts = Parts();
        RecipePart again = Parts()[New];
        again.NewRows.FirstRow = 3;
        Refused.At("recipe.new_rows.rows.row_count", "leaves 0", () => Assemble([.. parts, again]));
    }

    [Fact]
    public void Complete_NothingCame_IsRefused() =>
        Refused.At("recipe.header", "has not come", () => new RecipeAssembler(null).Complete());

    [Fact]
    public void Assembler_WithoutADataset_TakesTheColumnsFromTheHeader()
    {
        var data = Valid.Dataset(sparse: true);
        // Positions among the rows the model was trained on, of which nothing is known here.
        var recipe = ResamplingRecipe.Append(new SyntheticRows(data.Features, data.Labels, null, [5000, 0, 7], null));
        var assembler = new RecipeAssembler(null);
        foreach (RecipePart part in RecipeParts.Of(recipe, inputRows: 0, sparse: true, data.Schema))
            assembler.Add(part);
        Same.Recipe(recipe, assembler.Complete());
        AemloBridge.Tests.TestSupport.DatasetAssert.EqualSchema(data.Schema, assembler.Schema!);
        RecipePart[] without = [.. RecipeParts.Of(recipe, inputRows: 0, sparse: true)];
        Refused.At("recipe.header.schema", "is not set", () => new RecipeAssembler(null).Add(without[0]));
    }

    private static RecipePart[] Parts()
    {
        var data = Valid.Dataset(sparse: false, weights: true);
        var rows = new SyntheticRows(data.Features, data.Labels, data.Weights, [0, 2, 1], [-1, 0, 2]);
        return [.. RecipeParts.Of(new ResamplingRecipe([0, 2], [new LabelEdit(0, 1, true), new LabelEdit(2, 8, false)], [2, 2, 0], rows), 3, sparse: false)];
    }

    private static void Assemble(params RecipePart[] parts)
    {
        var assembler = new RecipeAssembler(Valid.Dataset(sparse: false).Schema);
        foreach (RecipePart part in parts)
            assembler.Add(part);
        assembler.Complete();
    }
}
