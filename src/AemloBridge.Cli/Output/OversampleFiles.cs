using AemloBridge.Aemlo;
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
    /// <exception cref="Errors.UsageException">Two of them are the same file.</exception>
    /// <exception cref="Errors.OutputException">One cannot be written.</exception>
    public static OversampleFiles Check(string input, string output, string? report, bool overwrite)
    {
        OutputFiles.RequireDistinct(("DATA", input), ("--output", output), ("--report", report));
        ArffOutputFiles data = Writing.CheckData(output, overwrite);
        OutputFiles.RequireDistinct(("--output", data.XmlPath), ("--report", report));
        if (report is not null)
            Writing.Check(report, overwrite);
        return new OversampleFiles(input, output, data.XmlPath, report, overwrite);
    }

    /// <summary>Finds out, now that the input is known in full, whether its own label file would be overwritten.</summary>
    public void CheckAgainst(MultiLabelDataset dataset) => Writing.CheckData(Output, Overwrite, dataset.Source);

    /// <summary>Writes them.</summary>
    public void Write(MultiLabelDataset dataset, OversamplingResult result, CancellationToken cancellation)
    {
        Writing.Do(() => ArffWriter.WriteOversampled(dataset, result.Recipe.NewRows, Output, Overwrite, cancellation), Input);
        if (Report is not null)
            Writing.File(Report, Overwrite, result.Report.WriteJson);
    }
}
