using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Resampling.Options;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AemloBridge.Cli.Batch.Plans;

/// <summary>Reads a plan. Whatever is wrong with it is named with file, line and key, before anything is done.</summary>
internal static class PlanReader
{
    private const string DataKey = "data";
    private const string SetsKey = "sets";
    private const string RatesKey = "rates";
    private const string NumsKey = "nums";
    private const string SeedsKey = "seeds";
    private const string TrainingSeedKey = "training-seed";
    private const string OutputKey = "output";
    private const long LargestSeed = 9007199254740991;

    private static readonly string[] Keys = [DataKey, SetsKey, RatesKey, NumsKey, SeedsKey, TrainingSeedKey, OutputKey];

    /// <summary>What an output's path may hold.</summary>
    private static readonly string[] OutputNames = ["data", "fold", "set", "rate", "num", "seed"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="AemloInputException">It cannot be read, or is no plan.</exception>
    public static BatchPlan Read(string path)
    {
        var root = new PlanNode(path, string.Empty, Parse(path));
        IReadOnlyDictionary<string, PlanNode> values = root.Map(Keys);
        string folder = Path.GetDirectoryName(path) ?? string.Empty;
        if (values.ContainsKey(RatesKey) && values.TryGetValue(NumsKey, out PlanNode? nums))
            throw nums.Place.Wrong($"either {RatesKey} or {NumsKey} says how many rows to make; leave one out");
        IReadOnlyList<Amount> amounts = [.. Amounts(values.GetValueOrDefault(RatesKey), Amount.Rate), .. Amounts(values.GetValueOrDefault(NumsKey), Amount.Num)];
        PlanNode output = Needed(root, values, OutputKey);
        return new BatchPlan(
            path,
            [.. Needed(root, values, DataKey).Items.SelectMany(item => PlannedDataReader.Read(item, folder))],
            OptionSetReader.Read(values.GetValueOrDefault(SetsKey), amounts.Count > 0),
            amounts,
            values.TryGetValue(SeedsKey, out PlanNode? seeds) ? NumberList.Read(seeds, 0, LargestSeed) : [1],
            values.TryGetValue(TrainingSeedKey, out PlanNode? training) ? Single(training) : null,
            new OutputTemplate(PathTemplate.Parse(Path.Combine(folder, output.Text), OutputNames, output.Place), output.Place));
    }

    private static YamlNode Parse(string path)
    {
        try
        {
            using StreamReader reader = File.OpenText(path);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents switch
            {
                [] => throw new AemloInputException($"the plan is empty; it needs {DataKey} and {OutputKey}", path),
                [var document] => document.RootNode,
                [_, var second, ..] => throw new AemloInputException("a plan is one document; a second one begins here", path, second.RootNode.Start.Line, second.RootNode.Start.Column),
            };
        }
        catch (YamlException exception)
        {
            throw new AemloInputException($"this is no YAML: {(exception.InnerException ?? exception).Message}", path, exception.Start.Line, exception.Start.Column);
        }
        catch (InvalidOperationException)
        {
            // The parser's answer to a text that ends inside a list or mapping.
            throw new AemloInputException("this is no YAML: it ends before a '[' or '{' is closed", path);
        }
        catch (ArgumentException)
        {
            // Its answer to a text that begins a value where none can be; it does not say where.
            throw new AemloInputException("this is no YAML: a ':' or '-' stands where no key or value is", path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AemloInputException($"the plan cannot be read: {exception.Message}", path);
        }
    }

    private static PlanNode Needed(PlanNode root, IReadOnlyDictionary<string, PlanNode> values, string key) =>
        values.TryGetValue(key, out PlanNode? node) ? node : throw root.Place.Wrong($"the plan has no '{key}'; it needs one");

    private static long Single(PlanNode node) => NumberList.Read(node, 0, LargestSeed) is [var seed]
        ? seed
        : throw node.Place.Wrong("expected one number: every training has this seed");

    private static IEnumerable<Amount> Amounts(PlanNode? node, string name)
    {
        if (node is null)
            return [];
        MethodOption<AemloOptions> option = AemloOptionCatalog.Get(name);
        var known = new HashSet<string>();
        return [.. node.Items.Select(item =>
        {
            string text = option.Format(OptionSetReader.Apply(AemloPresets.Default, option, item))!;
            return known.Add(text) ? new Amount(name, text) : throw item.Place.Wrong($"{text} stands there twice");
        })];
    }
}
