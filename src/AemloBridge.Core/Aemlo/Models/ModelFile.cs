using System.Globalization;
using AemloBridge.Aemlo.Networks;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Devices;
using AemloBridge.Features;
using AemloBridge.Resampling.Options;
using static TorchSharp.torch;

namespace AemloBridge.Aemlo.Models;

/// <summary>
/// Model files: safetensors with the network's parameters, thresholds, encoder and seed rows as tensors, and options,
/// schema, training record and versions as JSON in the header's metadata.
/// </summary>
public static class ModelFile
{
    /// <summary>The format this program writes; it reads this and older ones.</summary>
    public const int FormatVersion = 1;

    /// <summary>The usual file name extension.</summary>
    public const string Extension = ".safetensors";

    private const string FormatName = "aemlo-model";
    private const string ParameterPrefix = "network.";

    /// <summary>Writes a model to a temporary name and renames it when it is complete.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where to.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    public static void Save(AemloModel model, string path, bool overwrite) =>
        AtomicFile.Write(path, overwrite, stream => Write(model, stream));

    /// <summary>Writes a model to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(AemloModel model, Stream stream)
    {
        var entries = new List<SafetensorsEntry>();
        foreach (ParameterSpec spec in model.Network.Parameters.Specs)
            entries.Add(SafetensorsEntry.Of(ParameterPrefix + spec.Name, NetworkInference.ToArray(model.Network.Parameters.Value(spec.Name)), spec.Shape));

        entries.Add(SafetensorsEntry.Of("thresholds", model.Thresholds.ToArray()));
        entries.Add(SafetensorsEntry.Of("binary_cuts", model.BinaryCuts));
        entries.Add(SafetensorsEntry.Of("minority_labels", model.MinorityLabels.Select(flag => flag ? 1 : 0).ToArray()));
        entries.Add(EncoderTensor.Write(model.Encoder));
        entries.AddRange(SeedPoolTensors.Write(model.Seeds));
        SafetensorsFile.Write(stream, Metadata(model), entries);
    }

    /// <summary>Reads what a file says of itself. Does not load libtorch.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AemloModelFormatException">It is no model file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelDescription Describe(string path) => AemloModelFormatException.Naming(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        SafetensorsHeader header = SafetensorsFile.ReadHeader(stream);
        ModelDescription description = Description(path, stream.Length, header.Metadata);
        if (header.Places.FirstOrDefault(place => place.Name == SeedPoolTensors.Positions) is { } positions)
            RequireSeedRows(description, positions.Shape.Aggregate(1L, (cells, dimension) => cells * dimension));
        return description;
    });

    /// <summary>Loads a model onto a device.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where to; the device it was trained on does not matter.</param>
    /// <param name="threads">CPU threads; 0 for this machine's default.</param>
    /// <exception cref="AemloModelFormatException">It is no model file, or a damaged one.</exception>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AemloModel Load(string path, DeviceKind device = DeviceKind.Auto, int threads = 0) => AemloModelFormatException.Naming(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsEntry> entries) = SafetensorsFile.Read(stream);
        ModelDescription description = Description(path, stream.Length, metadata);
        DatasetSchema schema = description.Schema;
        FeatureEncoder encoder = EncoderTensor.Read(Entry(entries, "encoder"), schema);
        double[] thresholds = Sized(Entry(entries, "thresholds").Values<double>(), schema.LabelCount, "thresholds");
        double[] cuts = Sized(Entry(entries, "binary_cuts").Values<double>(), encoder.Width, "binary_cuts");
        bool[] minority = [.. Sized(Entry(entries, "minority_labels").Values<int>(), schema.LabelCount, "minority_labels").Select(flag => flag != 0)];
        SeedPool seeds = SeedPoolTensors.Read(name => Entry(entries, name), schema);
        RequireSeedRows(description, seeds.Count);
        NetworkShape shape = NetworkShape.Of(description.Options, encoder.Width, schema.LabelCount);
        RequireParameters(shape, entries);
        return TrainingThread.Run(threads, _ =>
        {
            AemloNetwork network = LoadNetwork(shape, entries, ComputeDevice.Resolve(device).Device);
            return new AemloModel(description.Options, schema, encoder, network, thresholds, cuts, minority, seeds, description.Training);
        });
    });

    /// <summary>Memory is estimated from what the header says.</summary>
    private static void RequireSeedRows(ModelDescription description, long found)
    {
        if (found != description.SeedRows)
            throw new AemloModelFormatException($"damaged: its header says {description.SeedRows} seed rows, and it holds {found}");
    }

    /// <summary>Checks the tensors against the shape before anything is allocated: options in a damaged header may ask for any size.</summary>
    private static void RequireParameters(NetworkShape shape, IReadOnlyDictionary<string, SafetensorsEntry> entries)
    {
        foreach (ParameterSpec spec in AemloNetwork.Specs(shape))
        {
            SafetensorsEntry entry = Entry(entries, ParameterPrefix + spec.Name);
            if (entry.Type != "F32" || !entry.Shape.SequenceEqual(spec.Shape))
                throw new AemloModelFormatException($"damaged: tensor '{entry.Name}' is {entry.Type} of {string.Join(" x ", entry.Shape)}, its options ask for F32 of {string.Join(" x ", spec.Shape)}");
        }
    }

    private static AemloNetwork LoadNetwork(NetworkShape shape, IReadOnlyDictionary<string, SafetensorsEntry> entries, Device device)
    {
        var network = new AemloNetwork(shape, ScalarType.Float32, device);
        try
        {
            foreach (ParameterSpec spec in network.Parameters.Specs)
            {
                using Tensor values = tensor(Entry(entries, ParameterPrefix + spec.Name).Values<float>(), spec.Shape);
                network.Parameters.Value(spec.Name).copy_(values);
            }

            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> Metadata(AemloModel model) => new()
    {
        ["format"] = FormatName,
        ["format_version"] = FormatVersion.ToString(CultureInfo.InvariantCulture),
        ["program_version"] = ProgramVersion.Current,
        ["torch_sharp_version"] = ProgramVersion.TorchSharp,
        ["options"] = System.Text.Json.JsonSerializer.Serialize(OptionValues.Of(model.Options), ModelJson.Options),
        ["schema"] = SchemaJson.Write(model.Schema),
        ["training"] = System.Text.Json.JsonSerializer.Serialize(model.Training, ModelJson.Options),
        ["seed_rows"] = model.Seeds.Count.ToString(CultureInfo.InvariantCulture),
        ["minority"] = System.Text.Json.JsonSerializer.Serialize(model.Schema.Labels.Where((_, index) => model.MinorityLabels[index]).Select(label => label.Name), ModelJson.Options),
    };

    private static ModelDescription Description(string path, long bytes, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("format") != FormatName)
            throw new AemloModelFormatException("a safetensors file, but not one that aemlo train wrote");
        if (!int.TryParse(Text("format_version"), NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
            throw new AemloModelFormatException("damaged: its format version is not a number");
        if (version > FormatVersion)
            throw new AemloModelFormatException($"written in model format {version}; this program reads formats up to {FormatVersion}, so a newer one is needed");
        if (!int.TryParse(Text("seed_rows"), NumberStyles.None, CultureInfo.InvariantCulture, out int seedRows))
            throw new AemloModelFormatException("damaged: its number of seed rows is not a number");
        return new ModelDescription(
            path,
            bytes,
            version,
            Text("program_version"),
            OptionsJson.FromDictionary(ModelJson.Read<Dictionary<string, string>>(Text("options"))),
            SchemaJson.Read(Text("schema")),
            seedRows,
            ModelJson.Read<List<string>>(Text("minority")),
            ModelJson.Read<TrainingSummary>(Text("training")));

        string Text(string key) => metadata.GetValueOrDefault(key) ?? throw new AemloModelFormatException($"damaged: its header has no {key}");
    }

    private static SafetensorsEntry Entry(IReadOnlyDictionary<string, SafetensorsEntry> entries, string name) =>
        entries.GetValueOrDefault(name) ?? throw new AemloModelFormatException($"damaged: it has no tensor '{name}'");

    private static T[] Sized<T>(T[] values, int expected, string name) =>
        values.Length == expected ? values : throw new AemloModelFormatException($"damaged: tensor '{name}' has {values.Length} cells, {expected} are expected");
}
