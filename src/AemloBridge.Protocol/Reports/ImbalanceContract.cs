using AemloBridge.Imbalance;

namespace AemloBridge.Protocol;

/// <summary>The way between an imbalance report and its message.</summary>
public static class ImbalanceContract
{
    /// <summary>The message of a report.</summary>
    public static V1.ImbalanceReport ToMessage(ImbalanceReport report)
    {
        var message = new V1.ImbalanceReport
        {
            RowCount = (ulong)report.Rows,
            Cardinality = report.Cardinality,
            Density = report.Density,
            MeanIr = report.MeanIR,
            Cvir = report.Cvir,
            Scumble = report.Scumble,
            MinorityRows = (ulong)report.MinorityRows,
        };
        message.Labels.AddRange(report.Labels.Select(label => new V1.LabelImbalance
        {
            Name = label.Name,
            Positives = (ulong)label.Positives,
            Imr = label.ImR,
            Irlbl = label.IRLbl,
            Minority = label.IsMinority,
        }));
        return message;
    }

    /// <summary>The report of a message.</summary>
    /// <exception cref="ContractException">A count is too large.</exception>
    public static ImbalanceReport FromMessage(V1.ImbalanceReport message) => new(
        Counts.ToInt(message.RowCount, "report.row_count"),
        message.Cardinality,
        message.Density,
        message.MeanIr,
        message.Cvir,
        message.Scumble,
        Counts.ToInt(message.MinorityRows, "report.minority_rows"),
        [.. message.Labels.Select((label, index) => new LabelImbalance(
            label.Name,
            Counts.ToInt(label.Positives, FormattableString.Invariant($"report.labels[{index}].positives")),
            label.Imr,
            label.Irlbl,
            label.Minority))]);
}
