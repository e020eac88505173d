using System.CommandLine;
using AemloBridge.Cli.Errors;
using AemloBridge.Data;

namespace AemloBridge.Cli.Options;

/// <summary>How the labels of a data set are found and read.</summary>
internal sealed class LabelOptions
{
    private static readonly string[] MissingWords = ["refuse", "zero"];

    private readonly Option<string?> _labels = OptionFactory.Text("--labels", "X", "Where the labels are: a Mulan XML file, first:N, last:N, or names with commas between; without it MEKA's -C in the relation name counts, then the XML file beside the data");

    private readonly Option<string?> _positive = OptionFactory.Text("--positive", "NAME", "The label value that means 'has the label', where the two values are not 0 and 1 (default the second one declared)");

    private readonly Option<string> _missing = OptionFactory.Choice("--missing-labels", "What to do where a label value is missing", MissingWords[0], MissingWords);

    public LabelOptions(Command command)
    {
        command.Add(_labels);
        command.Add(_positive);
        command.Add(_missing);
    }

    /// <summary>The label file named, or null when the labels are named otherwise.</summary>
    /// <exception cref="UsageException">What --labels says does not name labels.</exception>
    public string? File(ParseResult parse) => Selection(parse.GetValue(_labels)).XmlPath;

    /// <summary>The parser's side of them.</summary>
    public IEnumerable<Option> All => [_labels, _positive, _missing];

    /// <summary>Reads the data set at <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">What --labels says does not name labels.</exception>
    /// <exception cref="AemloInputException">It cannot be read; the message says where and why.</exception>
    public MultiLabelDataset Read(string path, ParseResult parse, CancellationToken cancellation)
    {
        var options = new ArffReadOptions
        {
            PositiveValue = parse.GetValue(_positive),
            MissingLabelsAsZero = parse.GetValue(_missing) == "zero",
        };
        return ArffReader.Read(path, Selection(parse.GetValue(_labels)), options, cancellation);
    }

    private static LabelSelection Selection(string? text)
    {
        try
        {
            return LabelSelection.Parse(text);
        }
        catch (AemloInputException exception) when (exception.File is null)
        {
            // A label file that is not there has its name in the exception, and stays wrong input.
            throw new UsageException($"--labels: {exception.Message}");
        }
    }
}
