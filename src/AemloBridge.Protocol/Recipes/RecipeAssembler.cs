using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Protocol;

/// <summary>
/// Puts a recipe together from the parts of a result stream, which it does not trust: every number is checked, and memory
/// grows with what has come. After a lost connection the same assembler goes on: the header comes again and with it
/// everything but the new rows that it has.
/// </summary>
/// <param name="schema">The columns of the data set that was given; null takes them from the recipe's header (Generate without a data set).</param>
public sealed class RecipeAssembler(DatasetSchema? schema)
{
    private readonly NewRowsCollector _newRows = new("recipe.new_rows");
    private readonly RecipeNumbers _numbers = new("recipe");
    private V1.RecipeHeader? _header;
    private V1.RecipePart.PartOneofCase _stage;

    /// <summary>The columns; null until the header has come, where they come with it.</summary>
    public DatasetSchema? Schema { get; private set; } = schema;

    /// <summary>New rows that have come: what a WatchJob goes on from.</summary>
    public ulong NewRows => (ulong)_newRows.Count;

    /// <summary>Takes a part in.</summary>
    /// <exception cref="ContractException">It breaks a rule of recipe.proto; the path begins with <c>recipe</c>.</exception>
    /// <exception cref="DatasetTooLargeException">More new rows than can be held.</exception>
    public void Add(V1.RecipePart part)
    {
        if (part.PartCase == V1.RecipePart.PartOneofCase.None)
            throw new ContractException("recipe.part", "is not set; allowed: header, kept_rows, label_edits, clone_sources, new_rows");
        if (part.PartCase == V1.RecipePart.PartOneofCase.Header)
            Begin(part.Header);
        if (_header is null)
            throw new ContractException("recipe.header", "has not come; it must be the first part");
        if (part.PartCase < _stage)
            throw new ContractException("recipe.part", "is out of order; parts come in the order of their fields");
        _stage = part.PartCase;
        switch (part.PartCase)
        {
            case V1.RecipePart.PartOneofCase.KeptRows:
                _numbers.AddKept(part.KeptRows);
                break;
            case V1.RecipePart.PartOneofCase.LabelEdits:
                _numbers.AddEdits(part.LabelEdits);
                break;
            case V1.RecipePart.PartOneofCase.CloneSources:
                _numbers.AddClones(part.CloneSources);
                break;
            case V1.RecipePart.PartOneofCase.NewRows:
                _newRows.Add(part.NewRows);
                break;
        }
    }

    /// <summary>Checks that everything announced has come.</summary>
    /// <exception cref="ContractException">Something is missing.</exception>
    public ResamplingRecipe Complete()
    {
        if (_header is null)
            throw new ContractException("recipe.header", "has not come");
        _numbers.RequireAll();
        return new ResamplingRecipe(_numbers.Kept, _numbers.Edits, _numbers.Clones, _newRows.Complete());
    }

    private void Begin(V1.RecipeHeader header)
    {
        if (_header is null)
        {
            DatasetSchema columns = Schema ?? SchemaContract.FromMessage(
                header.Schema ?? throw new ContractException("recipe.header.schema", "is not set, and no data set says what the columns are"),
                DatasetLimits.None,
                "recipe.header.schema");
            if (header.InputRowCount > int.MaxValue)
                throw new ContractException("recipe.header.input_row_count", FormattableString.Invariant($"is more than {int.MaxValue}"));
            _newRows.Begin(columns, header);
            Schema = columns;
            _header = header.Clone();
        }
        else if (!header.Equals(_header))
        {
            throw new ContractException("recipe.header", "is not the one that came before; this is another recipe");
        }

        _numbers.Begin(header, Schema!.LabelCount);
        _stage = V1.RecipePart.PartOneofCase.Header;
    }
}
