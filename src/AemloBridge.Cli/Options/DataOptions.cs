using System.CommandLine;
using AemloBridge.Data;

namespace AemloBridge.Cli.Options;

/// <summary>The data set a command reads.</summary>
internal sealed class DataOptions
{
    private readonly Argument<string> _data = new("DATA") { Description = "The data set, an ARFF file (dense or sparse)" };

    private readonly LabelOptions _labels;

    public DataOptions(Command command)
    {
        OptionFactory.RefuseEmpty(_data);
        command.Add(_data);
        _labels = new LabelOptions(command);
    }

    /// <summary>The path as given.</summary>
    public string Path(ParseResult parse) => parse.GetRequiredValue(_data);

    /// <summary>The files that will be read, as far as they are named: option (or argument) and path.</summary>
    /// <exception cref="AemloInputException">The labels are named wrongly.</exception>
    public IEnumerable<(string Option, string? Path)> Files(ParseResult parse) => [("DATA", Path(parse)), ("--labels", _labels.File(parse))];

    /// <summary>Reads the data set.</summary>
    /// <exception cref="AemloInputException">It cannot be read; the message says where and why.</exception>
    public MultiLabelDataset Read(ParseResult parse, CancellationToken cancellation) =>
        _labels.Read(Path(parse), parse, cancellation);
}
