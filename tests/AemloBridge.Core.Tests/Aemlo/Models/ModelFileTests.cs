using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AemloBridge.Aemlo.Generation;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;

namespace AemloBridge.Tests.Aemlo.Models;

[Collection(TorchCollection.Name)]
public class ModelFileTests
{
    public static TheoryData<string, bool> Models()
    {
        var data = new TheoryData<string, bool>();
        foreach (string preset in AemloPresets.Names)
        {
            data.Add(preset, true);
            data.Add(preset, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_SavedModel_GeneratesTheSameRows(string preset, bool sparse)
    {
        using var folder = new TemporaryFolder();
        MultiLabelDataset data = TestData.Mixed(sparse: sparse);
        AemloOptions options = OversamplerTests.Small(AemloPresets.Get(preset));
        using AemloModel model = AemloTrainer.Train(data, options, cancellationToken: TestContext.Current.CancellationToken);
        ModelFile.Save(model, folder["model.safetensors"], overwrite: false);
        using AemloModel loaded = ModelFile.Load(folder["model.safetensors"], DeviceKind.Cpu, 1);

        Assert.Equal(["model.safetensors"], folder.Names);
        Assert.Equal(model.Options, loaded.Options);
        Assert.Equal(model.Thresholds, loaded.Thresholds);
        Assert.Equal(model.MinorityLabels, loaded.MinorityLabels);
        Assert.Equal(model.Encoder.Columns, loaded.Encoder.Columns);
        Assert.Equal(model.Training.Epochs, loaded.Training.Epochs);
        foreach (int num in new[] { 7, 25 })
        {
            GenerationResult first = AemloGenerator.Generate(model, options with { Num = num }, null, TestContext.Current.CancellationToken);
            GenerationResult second = AemloGenerator.Generate(loaded, options with { Num = num }, null, TestContext.Current.CancellationToken);
            if (preset != AemloPresets.PublishedName)
                Assert.Equal(num, second.Rows.Count);
            Assert.Equal(first.Rows.SeedRows, second.Rows.SeedRows);
            Assert.Equal(sparse, second.Rows.Features.IsSparse);
            for (int row = 0; row < first.Rows.Count; row++)
            {
                for (int column = 0; column < data.Features.ColumnCount; column++)
                    Assert.Equal(first.Rows.Features[row, column], second.Rows.Features[row, column]);
                Assert.Equal(first.Rows.Labels.RowWords(row).ToArray(), second.Rows.Labels.RowWords(row).ToArray());
            }
        }
    }

    [Fact]
    public void Generate_GivenSeedRows_UsesThemInPlaceOfTheModels()
    {
        MultiLabelDataset data = TestData.Numeric(rare: 4);
        using AemloModel model = AemloTrainer.Train(data, OversamplerTests.Small(AemloPresets.Default), cancellationToken: TestContext.Current.CancellationToken);
        MultiLabelDataset others = TestData.Numeric(rows: 30, rare: 2, seed: 8);
        GenerationResult result = AemloGenerator.Generate(model, model.Options with { Num = 10 }, others, TestContext.Current.CancellationToken);
        Assert.Equal(10, result.Rows.Count);
        Assert.Equal([0, 1], result.Rows.SeedRows.Distinct().Order());
        var wrong = Assert.Throws<AemloInputException>(() => AemloGenerator.Generate(model, model.Options, TestData.Numeric(features: 8), TestContext.Current.CancellationToken));
        Assert.Contains("12 attributes", wrong.Message, StringComparison.Ordinal);
        var values = new double[7];
        values[3] = double.PositiveInfinity;
        var infinite = new MultiLabelDataset(data.Schema, FeatureMatrix.Dense(1, 7, values), new LabelMatrix(1, 4) { [0, 3] = true });
        wrong = Assert.Throws<AemloInputException>(() => AemloGenerator.Generate(model, model.Options, infinite, TestContext.Current.CancellationToken));
        Assert.StartsWith("row 1: attribute 'x3' is +infinity", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_SavedModel_TellsItWithoutTensors()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        ModelDescription description = ModelFile.Describe(folder["m.safetensors"]);
        Assert.Equal(model.Seeds.Count, description.SeedRows);
        Assert.Equal(["y3"], description.MinorityLabels);
        Assert.Equal("test", description.Schema.RelationName);
        Assert.Equal(new FileInfo(folder["m.safetensors"]).Length, description.Bytes);
        Assert.Equal(4, description.Training.Epochs.Count);
    }

    [Fact]
    public void Save_ExistingFile_IsKeptUnlessToldOtherwise()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("m.safetensors", "mine");
        using AemloModel model = AemloTrainer.Train(TestData.Numeric(), OversamplerTests.Small(AemloPresets.Default), cancellationToken: TestContext.Current.CancellationToken);
        Assert.ThrowsAny<Exception>(() => ModelFile.Save(model, path, overwrite: false));
        Assert.Equal("mine", File.ReadAllText(path));
        ModelFile.Save(model, path, overwrite: true);
        Assert.Equal(model.Seeds.Count, ModelFile.Describe(path).SeedRows);
    }

    /// <summary>Reads the published layout with nothing of ours: length, JSON, raw cells.</summary>
    [Fact]
    public void Save_File_HasThePublishedLayout()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        byte[] bytes = File.ReadAllBytes(folder["m.safetensors"]);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using JsonDocument header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal((byte)'{', bytes[8]);
        JsonElement weight = header.RootElement.GetProperty("network.fex1.weight");
        Assert.Equal("F32", weight.GetProperty("dtype").GetString());
        Assert.Equal([12, 7], weight.GetProperty("shape").EnumerateArray().Select(item => item.GetInt32()));
        int start = 8 + length + weight.GetProperty("data_offsets")[0].GetInt32();
        float[] expected = model.Network.Parameters.Value("fex1.weight").clone().data<float>().ToArray();
        for (int cell = 0; cell < expected.Length; cell++)
            Assert.Equal(expected[cell], BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(start + 4 * cell)));
        Assert.All(header.RootElement.GetProperty("__metadata__").EnumerateObject(), item => Assert.Equal(JsonValueKind.String, item.Value.ValueKind));
    }

    /// <summary>The same from another language: Python's standard library.</summary>
    [Fact]
    public void Save_File_IsReadByPython()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        string script = folder.Write("read.py", """
            import json, struct, sys
            data = open(sys.argv[1], "rb").read()
            (length,) = struct.unpack_from("<Q", data)
            header = json.loads(data[8:8 + length])
            end = 0
            sizes = {"F32": 4, "F64": 8, "I32": 4, "I64": 8, "U64": 8}
            for name, entry in header.items():
                if name == "__metadata__":
                    continue
                cells = 1
                for size in entry["shape"]:
                    cells *= size
                first, last = entry["data_offsets"]
                assert first == end and last - first == cells * sizes[entry["dtype"]], name
                end = last
            assert len(data) == 8 + length + end
            first, last = header["thresholds"]["data_offsets"]
            values = struct.unpack_from("<%dd" % ((last - first) // 8), data, 8 + length + first)
            print(" ".join(repr(value) for value in values))
            """);
        using Process python = Python.Start(script, folder["m.safetensors"]);
        string output = python.StandardOutput.ReadToEnd();
        string error = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, error);
        Assert.Equal(model.Thresholds, output.Split().Where(word => word.Length > 0).Select(word => word == "inf" ? double.PositiveInfinity : double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Load_DamagedFile_IsRefusedWithAReasonAndThePath()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        byte[] good = File.ReadAllBytes(folder["m.safetensors"]);
        string path = folder["damaged.safetensors"];
        using (AemloModel whole = ModelFile.Load(folder["m.safetensors"], DeviceKind.Cpu, 1))
            AemloGenerator.Generate(whole, OversamplerTests.Small(AemloPresets.Default) with { Num = 3 }, null, TestContext.Current.CancellationToken);
        long before = TensorCount.Settled();
        var random = new Random(1);
        for (int trial = 0; trial < 300; trial++)
        {
            // Cut anywhere, mostly near the start; or change a byte of the header.
            byte[] bad = trial % 2 == 0
                ? good[..(trial % 4 == 0 ? random.Next(good.Length) : random.Next(64))]
                : [.. good];
            if (trial % 2 == 1)
                bad[random.Next(Math.Min(bad.Length, 4000))] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bad);
            try
            {
                using AemloModel loaded = ModelFile.Load(path, DeviceKind.Cpu, 1);
                Assert.True(trial % 2 == 1, "a file cut short was loaded");
                // A flipped bit may hit a letter of a name; what was loaded must still be whole.
                Assert.All(loaded.Training.Epochs, epoch => Assert.NotNull(epoch.Losses));
                Assert.NotNull(loaded.Training.Warnings);
                Assert.NotNull(loaded.Training.Device);
                Assert.All(loaded.Schema.Attributes, attribute => Assert.NotNull(attribute.Name));
                Assert.Equal(3, AemloGenerator.Generate(loaded, OversamplerTests.Small(AemloPresets.Default) with { Num = 3 }, null, TestContext.Current.CancellationToken).Rows.Count);
            }
            catch (AemloModelFormatException refusal)
            {
                Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, TensorCount.Now);
    }

    [Theory]
    [InlineData("", "shorter than the 8 bytes")]
    [InlineData("@relation x\n@attribute a numeric\n", "not a model file")]
    [InlineData("\u0002\0\0\0\0\0\0\0{}", "not one that aemlo train wrote")]
    [InlineData("\u0008\0\0\0\0\0\0\0{\"a\":1} ", "has no dtype")]
    public void Describe_ForeignFile_SaysWhatItIsNot(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("x.safetensors", content);
        Assert.Contains(reason, Assert.Throws<AemloModelFormatException>(() => ModelFile.Describe(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OptionsThatAskForAnotherNetwork_AreRefusedBeforeItIsMade()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(folder["m.safetensors"]));
        string huge = text.Replace("latent\\\":\\\"16\\\"", "latent\\\":\\\"99\\\"", StringComparison.Ordinal);
        Assert.NotEqual(text, huge);
        File.WriteAllBytes(folder["m.safetensors"], Encoding.Latin1.GetBytes(huge));
        string message = Assert.Throws<AemloModelFormatException>(() => ModelFile.Load(folder["m.safetensors"], DeviceKind.Cpu, 1)).Message;
        Assert.Contains("tensor 'network.fex2.weight' is F32 of 16 x 12, its options ask for F32 of 99 x 12", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DescribeAndLoad_HeaderThatSaysAnotherNumberOfSeedRows_AreRefused()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(folder["m.safetensors"]));
        string rows = model.Seeds.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string lies = text.Replace($"\"seed_rows\":\"{rows}\"", $"\"seed_rows\":\"{new string('0', rows.Length)}\"", StringComparison.Ordinal);
        Assert.NotEqual(text, lies);
        File.WriteAllBytes(folder["m.safetensors"], Encoding.Latin1.GetBytes(lies));
        string reason = $"its header says 0 seed rows, and it holds {rows}";
        Assert.Contains(reason, Assert.Throws<AemloModelFormatException>(() => ModelFile.Describe(folder["m.safetensors"])).Message, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<AemloModelFormatException>(() => ModelFile.Load(folder["m.safetensors"], DeviceKind.Cpu, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_NewerFormat_AsksForANewerProgram()
    {
        using var folder = new TemporaryFolder();
        using AemloModel model = Save(folder["m.safetensors"]);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(folder["m.safetensors"]));
        File.WriteAllBytes(folder["m.safetensors"], Encoding.Latin1.GetBytes(text.Replace("\"format_version\":\"1\"", "\"format_version\":\"9\"", StringComparison.Ordinal)));
        Assert.Contains("model format 9", Assert.Throws<AemloModelFormatException>(() => ModelFile.Describe(folder["m.safetensors"])).Message, StringComparison.Ordinal);
    }

    private static AemloModel Save(string path)
    {
        AemloModel model = AemloTrainer.Train(TestData.Numeric(), OversamplerTests.Small(AemloPresets.Default), cancellationToken: TestContext.Current.CancellationToken);
        ModelFile.Save(model, path, overwrite: false);
        return model;
    }
}
