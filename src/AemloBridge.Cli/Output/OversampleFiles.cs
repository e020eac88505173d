using AemloBridge.Cli.Engines;
using AemloBridge.Data;

namespace AemloBridge.Cli.Output;

/// <summary>The files of an oversampling: what it reads and what it writes.</summary>
/// <param name="Input">The data set.</param>
/// <param name="Output">The data set to write.</param>
/// <param name="LabelFile">The label file written beside it.</param>
/// <param name="Report">The report to write, or null.</param>
/// <param name="Overwrite">Whether files that exist may be replaced.</param>
internal sealed record OversampleFiles(string Input, string Output, string LabelFile, string? Report, bool Overwrite)
{
    /// <summary>Finds out before any work whether the files can be written.</summary>
    /// <param name="read">What is read, as far as it is named.</param>
    /// <param name="input">The data set.</param>
    /// <param name="output">The data set to write.</param>
    /// <param name="report">The report to write, or null.</param>
    /// <param name="overwrite">Whether files that exist may be replaced.</param>
    /// <exception cref="Errors.UsageException">One of them is another one too.</exception>
    /// <exception cref="Errors.OutputException">One cannot be written.</exception>
    public static OversampleFiles Check(IEnumerable<(string Option, string? Path)> read, string input, string output, string? report, bool overwrite)
    {
        OutputFiles.RequireDistinct(read, Written(output, report));
        ArffOutputFiles data = Writing.CheckData(output, overwrite);
        if (report is not null)
            Writing.Check(report, overwrite);
        return new OversampleFiles(input, output, data.XmlPath, report, overwrite);
    }

    /// <summary>Finds out, now that the input is known in full, whether its own label file would be overwritten.</summary>
    /// <exception cref="Errors.UsageException">It would.</exception>
    public void CheckAgainst(MultiLabelDataset dataset) => OutputFiles.RequireDistinct(OutputFiles.Read("DATA", dataset), Written(Output, Report));

    private static IEnumerable<(string Option, string? Path)> Written(string output, string? report) => [.. OutputFiles.DataSet(output), ("--report", report)];

    /// <summary>Writes them: all appear, or none.</summary>
    public void Write(MultiLabelDataset dataset, OversampleOutcome result, CancellationToken cancellation)
    {
        Writing.Do(
            () =>
            {
                using AtomicFiles staged = ArffWriter.StageResampled(dataset, result.Recipe, Output, Overwrite, out ArffOutputFiles files, cancellation);
                if (Report is not null)
                    staged.Add(Report, result.Report.WriteJson);
                staged.Commit();
                return files;
            },
            Input);
    }
}
