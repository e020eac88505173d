using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Resampling.Options;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Training;

/// <summary>What a checkpoint file says of itself.</summary>
/// <param name="Options">The options of its training.</param>
/// <param name="Fingerprint">Of the data it was trained on.</param>
internal sealed record CheckpointHeader(AemloOptions Options, string Fingerprint);

/// <summary>Reads and writes a <see cref="TrainingState"/> as a safetensors file.</summary>
internal static class CheckpointFile
{
    private const string FormatName = "aemlo-checkpoint";

    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="state">What to write.</param>
    /// <param name="fingerprint">Of the data.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="spent">Time spent so far.</param>
    public static void Write(string path, TrainingState state, string fingerprint, AemloOptions options, TimeSpan spent)
    {
        var entries = new List<SafetensorsEntry>
        {
            Vector("values", state.Values),
            Vector("first_moment", state.FirstMoment),
            Vector("second_moment", state.SecondMoment),
            SafetensorsEntry.Of("random_state", state.RandomState),
            SafetensorsEntry.Of("counters", [state.Steps, state.KeptEpoch]),
            SafetensorsEntry.Of("best_loss", [state.BestLoss]),
        };
        if (state.Best is not null)
            entries.Add(Vector("best", state.Best));
        entries.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        var metadata = new Dictionary<string, string>
        {
            ["format"] = FormatName,
            ["options"] = JsonSerializer.Serialize(OptionValues.Of(options), ModelJson.Options),
            ["fingerprint"] = fingerprint,
            ["epochs"] = JsonSerializer.Serialize(state.Epochs, ModelJson.Options),
            ["sha256"] = Hash(entries),
            ["seconds"] = spent.TotalSeconds.ToString("R", CultureInfo.InvariantCulture),
        };
        AtomicFile.Write(path, overwrite: true, stream => SafetensorsFile.Write(stream, metadata, entries));
    }

    /// <exception cref="AemloModelFormatException">It is no checkpoint, or a damaged one.</exception>
    public static CheckpointHeader ReadHeader(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Header(SafetensorsFile.ReadMetadata(stream));
    }

    /// <summary>How many epochs the file has behind it, from its header alone.</summary>
    /// <exception cref="AemloModelFormatException">It is no checkpoint, or a damaged one.</exception>
    public static int ReadEpochs(string path)
    {
        using FileStream stream = File.OpenRead(path);
        IReadOnlyDictionary<string, string> metadata = SafetensorsFile.ReadMetadata(stream);
        Header(metadata);
        return Epochs(metadata).Count;
    }

    /// <summary>Reads a state; the caller disposes it.</summary>
    /// <exception cref="AemloModelFormatException">It is no checkpoint, a damaged one, or one of another training.</exception>
    public static TrainingState Read(string path, string fingerprint, AemloOptions options, out TimeSpan spent)
    {
        using FileStream stream = File.OpenRead(path);
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsEntry> entries) = SafetensorsFile.Read(stream);
        RequireSame(Header(metadata), fingerprint, options);
        if (metadata.TryGetValue("sha256", out string? hash) && hash != Hash(entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)))
            throw new AemloModelFormatException("damaged: its tensors are not those that were written");
        spent = double.TryParse(Text(metadata, "seconds"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw new AemloModelFormatException($"damaged: its time spent is not a number");
        long[] counters = Entry("counters").Values<long>();
        ulong[] random = Entry("random_state").Values<ulong>();
        double[] bestLoss = Entry("best_loss").Values<double>();
        if (counters.Length != 2 || random.Length != 4 || bestLoss.Length != 1)
            throw new AemloModelFormatException($"damaged: its counters have the wrong size");
        // Everything is read before the first tensor is made, so that a damaged file leaves none behind.
        float[] values = Entry("values").Values<float>();
        float[] firstMoment = Entry("first_moment").Values<float>();
        float[] secondMoment = Entry("second_moment").Values<float>();
        float[]? best = entries.ContainsKey("best") ? Entry("best").Values<float>() : null;
        if (firstMoment.Length != values.Length || secondMoment.Length != values.Length || (best ?? values).Length != values.Length)
            throw new AemloModelFormatException($"damaged: its vectors differ in length");
        List<EpochRecord> epochs = Epochs(metadata);
        return new TrainingState(
            Kept(values),
            Kept(firstMoment),
            Kept(secondMoment),
            best is null ? null : Kept(best),
            counters[0],
            random,
            bestLoss[0],
            (int)counters[1],
            epochs);

        static Tensor Kept(float[] cells) => tensor(cells).DetachFromDisposeScope();

        SafetensorsEntry Entry(string name) =>
            entries.GetValueOrDefault(name) ?? throw new AemloModelFormatException($"damaged: it has no tensor '{name}'");
    }

    private static void RequireSame(CheckpointHeader header, string fingerprint, AemloOptions options)
    {
        if (header.Fingerprint != fingerprint)
            throw new AemloModelFormatException($"this checkpoint belongs to other data; delete it or name another file to start anew");
        foreach (MethodOption<AemloOptions> option in AemloOptionCatalog.All)
        {
            // A longer training has the same beginning; everything else changes it.
            if (!option.AffectsTraining || option.Name == "epochs" || option.Format(header.Options) == option.Format(options))
                continue;
            throw new AemloModelFormatException($"this checkpoint was trained with --{option.Name} {option.Format(header.Options)}, not {option.Format(options)}; delete it or name another file to start anew");
        }
    }

    private static CheckpointHeader Header(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("format") != FormatName)
            throw new AemloModelFormatException($"not a checkpoint of a training");
        return new CheckpointHeader(
            OptionsJson.FromDictionary(ModelJson.Read<Dictionary<string, string>>(Text(metadata, "options"))),
            Text(metadata, "fingerprint"));
    }

    /// <summary>SHA-256 over the tensors: a flipped bit would go on unseen, into a result that nothing else gives.</summary>
    private static string Hash(IEnumerable<SafetensorsEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SafetensorsEntry entry in entries)
            hash.AppendData(entry.Data.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static List<EpochRecord> Epochs(IReadOnlyDictionary<string, string> metadata) =>
        ModelJson.Read<List<EpochRecord>>(Text(metadata, "epochs"));

    private static string Text(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.GetValueOrDefault(key) ?? throw new AemloModelFormatException($"damaged: its header has no {key}");

    private static SafetensorsEntry Vector(string name, Tensor values) => SafetensorsEntry.Of(name, NetworkInference.ToArray(values));
}
