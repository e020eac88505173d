using AemloBridge.Imbalance;

namespace AemloBridge.Cli.Output;

/// <summary>Labels and measures before and after oversampling, side by side.</summary>
internal static class BeforeAfterTables
{
    /// <summary>So many labels are shown; of more, the minority labels and the most imbalanced ones.</summary>
    internal const int MostLabels = 20;

    /// <summary>Writes both tables.</summary>
    public static void Write(TextWriter output, ImbalanceReport before, ImbalanceReport after)
    {
        WriteLabels(output, before, after);
        output.WriteLine();
        WriteMeasures(output, before, after);
    }

    /// <summary>Positions of the labels shown: all in their own order, or the minority labels and the worst of the others, worst first.</summary>
    internal static int[] Shown(ImbalanceReport before)
    {
        IEnumerable<int> all = Enumerable.Range(0, before.Labels.Count);
        if (before.Labels.Count <= MostLabels)
            return [.. all];
        return [.. all
            .OrderByDescending(label => before.Labels[label].IsMinority)
            .ThenByDescending(label => before.Labels[label].IRLbl)
            .ThenBy(label => label)
            .Take(MostLabels)];
    }

    private static void WriteLabels(TextWriter output, ImbalanceReport before, ImbalanceReport after)
    {
        var table = new TextTable("label", "positives", "after", "ImR", "after", "IRLbl", "after", "minority");
        int[] shown = Shown(before);
        foreach (int label in shown)
        {
            LabelImbalance was = before.Labels[label];
            LabelImbalance now = after.Labels[label];
            table.Add(
                was.Name,
                Figures.Count(was.Positives),
                Figures.Count(now.Positives),
                Figures.Ratio(was.ImR),
                Figures.Ratio(now.ImR),
                Figures.Ratio(was.IRLbl),
                Figures.Ratio(now.IRLbl),
                was.IsMinority ? "yes" : "no");
        }

        table.Write(output);
        if (shown.Length < before.Labels.Count)
            output.WriteLine($"({shown.Length} of {before.Labels.Count} labels, minority labels and the highest IRLbl first; 'aemlo analyze' shows all)");
    }

    private static void WriteMeasures(TextWriter output, ImbalanceReport before, ImbalanceReport after)
    {
        var table = new TextTable("measure", "before", "after");
        Add("rows", report => Figures.Count(report.Rows));
        Add("cardinality", report => Figures.Fine(report.Cardinality));
        Add("density", report => Figures.Fine(report.Density));
        Add("MeanIR", report => Figures.Ratio(report.MeanIR));
        Add("CVIR", report => Figures.Ratio(report.Cvir));
        Add("SCUMBLE", report => Figures.Fine(report.Scumble));
        table.Write(output);

        void Add(string name, Func<ImbalanceReport, string> text) => table.Add(name, text(before), text(after));
    }
}
