namespace AemloBridge.Imbalance;

/// <summary>One label's share in the imbalance of a data set.</summary>
/// <param name="Name">The label's name.</param>
/// <param name="Positives">N¹_j, the rows that have it.</param>
/// <param name="ImR">max(N¹_j, N⁰_j) / min(N¹_j, N⁰_j), equation (1); infinite when all rows or none have it.</param>
/// <param name="IRLbl">max_k N¹_k / N¹_j, equation (1); infinite when no row has it.</param>
/// <param name="IsMinority">Whether the chosen rule puts it into L_s.</param>
public sealed record LabelImbalance(string Name, int Positives, double ImR, double IRLbl, bool IsMinority);

/// <summary>How imbalanced the labels of a data set are.</summary>
/// <param name="Rows">n.</param>
/// <param name="Cardinality">Mean number of labels per row.</param>
/// <param name="Density">Cardinality divided by q.</param>
/// <param name="MeanIR">Mean IRLbl over the labels that some row has; NaN when none has.</param>
/// <param name="Cvir">Sample standard deviation of those IRLbl divided by MeanIR; 0 for a single label.</param>
/// <param name="Scumble">Mean over the rows of 1 − geometric mean / arithmetic mean of IRLbl over the row's labels.</param>
/// <param name="MinorityRows">|M|: rows with a minority label.</param>
/// <param name="Labels">The labels in the data set's order.</param>
public sealed record ImbalanceReport(
    int Rows,
    double Cardinality,
    double Density,
    double MeanIR,
    double Cvir,
    double Scumble,
    int MinorityRows,
    IReadOnlyList<LabelImbalance> Labels);
