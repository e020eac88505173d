using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;

namespace AemloBridge.Aemlo.Models;

/// <summary>What a model file says of itself, read without loading the network.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="FormatVersion">Version of the model format.</param>
/// <param name="ProgramVersion">Version of the program that wrote it.</param>
/// <param name="Options">The options it was trained with.</param>
/// <param name="Schema">The columns it was trained on.</param>
/// <param name="SeedRows">|M|, the rows it can make new rows from.</param>
/// <param name="MinorityLabels">Names of the minority labels.</param>
/// <param name="Training">How it was trained.</param>
public sealed record ModelDescription(
    string Path,
    long Bytes,
    int FormatVersion,
    string ProgramVersion,
    AemloOptions Options,
    DatasetSchema Schema,
    int SeedRows,
    IReadOnlyList<string> MinorityLabels,
    TrainingSummary Training);
