using System.CommandLine;
using AemloBridge.Data;

namespace AemloBridge.Cli.Options;

/// <summary>A data set to take seed rows from, in place of those kept in the model file.</summary>
internal sealed class SeedDataOptions
{
    private readonly Option<string?> _data = OptionFactory.Text("--data", "DATA.arff", "Take seed rows from this data set, which has the model's columns, in place of those kept in the model");

    private readonly LabelOptions _labels;

    public SeedDataOptions(Command command)
    {
        command.Add(_data);
        _labels = new LabelOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_data) is null && _labels.All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } useless)
                result.AddError($"{useless.Name} says how to read a data set, and none is given; add {_data.Name} or leave it out");
        });
    }

    /// <summary>The path as given, or null.</summary>
    public string? Path(ParseResult parse) => parse.GetValue(_data);

    /// <summary>The files that will be read, as far as they are named: option and path, which may be null.</summary>
    /// <exception cref="AemloInputException">The labels are named wrongly.</exception>
    public IEnumerable<(string Option, string? Path)> Files(ParseResult parse) =>
        Path(parse) is { } path ? [("--data", path), ("--labels", _labels.File(parse))] : [];

    /// <summary>Reads the data set; null when none is given.</summary>
    /// <exception cref="AemloInputException">It cannot be read; the message says where and why.</exception>
    public MultiLabelDataset? Read(ParseResult parse, CancellationToken cancellation) =>
        Path(parse) is { } path ? _labels.Read(path, parse, cancellation) : null;
}
