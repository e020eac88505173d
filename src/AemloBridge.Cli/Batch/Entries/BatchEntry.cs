using AemloBridge.Aemlo.Options;
using AemloBridge.Cli.Batch.Plans;
using AemloBridge.Data;

namespace AemloBridge.Cli.Batch.Entries;

/// <summary>One result of a batch: a data set with one choice of options, amount and seed.</summary>
internal sealed record BatchEntry
{
    /// <summary>For people: the parts that tell it from the others.</summary>
    public required string Name { get; init; }

    public required PlannedData Data { get; init; }

    public required string Set { get; init; }

    /// <summary>Every option, the entry's own seed included.</summary>
    public required AemloOptions Options { get; init; }

    /// <summary>The seed of the training.</summary>
    public required long TrainingSeed { get; init; }

    /// <summary>The ARFF file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Stands for the content of the data and for how it is read.</summary>
    public required string Content { get; init; }

    /// <summary>Stands for the model: entries with the same share one training.</summary>
    public required string TrainingKey { get; init; }

    /// <summary>Stands for the result: the same key, the same bytes.</summary>
    public required string Key { get; init; }

    /// <summary>The label file beside the output.</summary>
    public string LabelFile => Path.ChangeExtension(Output, ".xml");

    /// <summary>The options of the training.</summary>
    public AemloOptions TrainingOptions => Options with { Seed = TrainingSeed };

    /// <summary>Reads the data set.</summary>
    /// <exception cref="AemloInputException">It cannot be read.</exception>
    public MultiLabelDataset Read(CancellationToken cancellation) => ArffReader.Read(Data.Path, Data.Labels, Data.Reading, cancellation);
}
