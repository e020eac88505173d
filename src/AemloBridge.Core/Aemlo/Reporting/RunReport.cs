using System.Text.Json;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Training;
using AemloBridge.Imbalance;

namespace AemloBridge.Aemlo.Reporting;

/// <summary>The data set a run was given.</summary>
/// <param name="Path">Its file; null when it did not come from one.</param>
/// <param name="Sha256">SHA-256 of that file.</param>
/// <param name="LabelFile">The file its labels were read from; null when there was none.</param>
/// <param name="LabelFileSha256">SHA-256 of that file.</param>
/// <param name="Rows">n.</param>
/// <param name="Features">d.</param>
/// <param name="Labels">q.</param>
/// <param name="Sparse">Whether it is sparse.</param>
/// <param name="MissingValues">Missing feature values.</param>
public sealed record InputRecord(string? Path, string? Sha256, string? LabelFile, string? LabelFileSha256, int Rows, int Features, int Labels, bool Sparse, long MissingValues);

/// <summary>The new rows of a run.</summary>
/// <param name="Requested">How many were wanted.</param>
/// <param name="Made">How many were made.</param>
/// <param name="Draws">How many seeds were drawn for them.</param>
/// <param name="Statistics">How they compare with their seeds.</param>
/// <param name="SeedRows">For each new row the 0-based position of its seed among the given rows.</param>
/// <param name="NeighbourRows">For each new row the position of its second parent, -1 for none; null when the decoding uses none.</param>
public sealed record SyntheticRecord(
    int Requested,
    int Made,
    int Draws,
    GenerationStatistics Statistics,
    IReadOnlyList<int> SeedRows,
    IReadOnlyList<int>? NeighbourRows);

/// <summary>What a run did to the given rows.</summary>
/// <param name="Kept">Given rows that stay.</param>
/// <param name="Removed">Given rows taken away.</param>
/// <param name="LabelEdits">Labels changed in rows that stay.</param>
/// <param name="Clones">Given rows repeated.</param>
/// <param name="NewRows">Rows that did not exist before.</param>
/// <param name="Requested">How many rows were to be added or taken away.</param>
public sealed record RecipeRecord(int Kept, int Removed, int LabelEdits, int Clones, int NewRows, int Requested);

/// <summary>Wall-clock seconds; the only part of a report that differs between equal runs.</summary>
/// <param name="Training">For the training.</param>
/// <param name="Generation">For the new rows.</param>
/// <param name="Total">For the whole run.</param>
public sealed record RunTimes(double Training, double Generation, double Total);

/// <summary>Everything needed to say how a run's rows came about, and to repeat it.</summary>
/// <param name="Command">oversample, train or generate.</param>
/// <param name="Method">The resampling method's name.</param>
/// <param name="ProgramVersion">Version of AEMLO Bridge.</param>
/// <param name="TorchSharpVersion">Version of the TorchSharp binding.</param>
/// <param name="LibtorchVersion">The libtorch that trained; null when nothing had to be trained.</param>
/// <param name="RuntimeVersion">Version of .NET and the platform.</param>
/// <param name="Options">Every option by its command-line name.</param>
/// <param name="Seed">The seed, also when it was drawn.</param>
/// <param name="Device">The device really used; null when nothing had to be trained.</param>
/// <param name="Threads">CPU threads really used; 0 when nothing had to be trained.</param>
/// <param name="Input">The data set; null for rows made from a model alone.</param>
/// <param name="Epochs">Every epoch with the mean of every loss term.</param>
/// <param name="KeptEpoch">The epoch whose weights were kept.</param>
/// <param name="ValidationRows">Rows held out for the thresholds.</param>
/// <param name="Thresholds">T_j by label; null in JSON for a label that is never predicted.</param>
/// <param name="Recipe">What was done to the given rows; null for a training alone and for rows made from a model alone.</param>
/// <param name="Synthetic">The new rows; null for a training alone and for methods that make none.</param>
/// <param name="Before">Imbalance of the given rows; null for rows made from a model.</param>
/// <param name="After">Imbalance of what came out; null unless a data set was resampled.</param>
/// <param name="Warnings">What the user should know.</param>
/// <param name="Seconds">Times.</param>
public sealed record RunReport(
    string Command,
    string Method,
    string ProgramVersion,
    string TorchSharpVersion,
    string? LibtorchVersion,
    string RuntimeVersion,
    IReadOnlyDictionary<string, string> Options,
    long Seed,
    string? Device,
    int Threads,
    InputRecord? Input,
    IReadOnlyList<EpochRecord> Epochs,
    int KeptEpoch,
    int ValidationRows,
    IReadOnlyDictionary<string, double> Thresholds,
    RecipeRecord? Recipe,
    SyntheticRecord? Synthetic,
    ImbalanceReport? Before,
    ImbalanceReport? After,
    IReadOnlyList<string> Warnings,
    RunTimes Seconds)
{
    /// <summary>Writes the report as one indented JSON document in UTF-8; infinities and NaN become null.</summary>
    public void WriteJson(Stream stream) => JsonSerializer.Serialize(stream, this, ModelJson.Indented);

    /// <summary>The report as JSON text, as <see cref="WriteJson"/> writes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelJson.Indented);

    /// <summary>Reads what <see cref="WriteJson"/> has written; what was null there for want of a number is infinite.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="AemloModelFormatException">It is no report.</exception>
    public static RunReport Parse(string json) => ModelJson.Read<RunReport>(json);
}
