using System.Globalization;
using AemloBridge.Aemlo.Options;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.Jobs.Support;
using AemloBridge.Tests.TestSupport;

namespace AemloBridge.Server.Tests.Workers;

/// <summary>The estimate against what a worker's resident memory grew to at its peak, and what is left once the job has ended.</summary>
public class MemoryEstimateTests
{
    private static readonly AemloOptions Short = AemloPresets.Default with { Epochs = 2, Seed = 1, Threads = 2, Device = DeviceKind.Cpu };

    [Theory]
    [InlineData("bibtex", "default", JobKind.Oversample)]
    [InlineData("bibtex", "published", JobKind.Train)]
    [InlineData("yeast", "default", JobKind.Oversample)]
    public async Task Estimate_ARealDataSet_IsNearTheMeasuredPeak(string name, string preset, JobKind kind)
    {
        AemloOptions options = AemloPresets.Get(preset) with { Epochs = 2, Seed = 1, Threads = 2, Device = DeviceKind.Cpu };
        MultiLabelDataset data = ArffReader.Read(RealData.Path($"{name}.arff"), LabelSelection.Xml(RealData.Path($"{name}.xml")), cancellationToken: TestContext.Current.CancellationToken);
        await CheckAsync(data, options, kind);
    }

    [Theory]
    [InlineData(20_000, 1_000, 128)]
    [InlineData(4_000, 3_000, 2_000)]
    public async Task Estimate_DenseDataOfAnyShape_IsNearTheMeasuredPeak(int rows, int columns, int batch) =>
        await CheckAsync(Dense(rows, columns), Short with { BatchSize = batch, MinorityRule = MinorityRule.All }, JobKind.Oversample);

    public static TheoryData<string, string> Methods => new()
    {
        { "mlsol", "400000" },
        { "mlsmote", "400000" },
    };

    /// <summary>However many rows are asked for, the estimate follows.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Estimate_AMethodWithoutATraining_IsNearTheMeasuredPeak(string method, string num)
    {
        IResamplingMethod found = ResamplingMethods.Get(method);
        ResamplingOptions options = found.Options.First(option => option.Name == "num").Apply(found.Presets[0] with { Seed = 1 }, num);
        await CheckAsync(Dense(4_000, 60), options, JobKind.Oversample);
    }

    private static async Task CheckAsync(MultiLabelDataset data, ResamplingOptions options, JobKind kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the peak of a process is read from /proc");
        await using JobsFixture fixture = await JobsFixture.StartAsync(settings => settings with { CheckpointEpochs = 1 });
        await JobsFixture.UntilAsync(() => fixture.Manager.Devices is [{ Ready: true }]);
        long idle = Status(fixture.Processes[0], "VmRSS");
        JobRecord job = await fixture.EndAsync(fixture.Submit(options, kind, data));
        Assert.Equal(JobState.Succeeded, job.State);
        long grown = Status(fixture.Processes[0], "VmHWM") - idle;
        long rest = Status(fixture.Processes[0], "VmRSS") - idle;
        Assert.InRange((double)job.MemoryEstimate / grown, 0.7, 2);
        // Compiled code and kernels' buffers stay; the job's own memory does not.
        Assert.InRange(rest, 0, 128 << 20);
    }

    private static long Status(int process, string name)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static MultiLabelDataset Dense(int rows, int columns)
    {
        const int Labels = 20;
        var random = new Random(1);
        DataAttribute[] attributes =
        [
            .. Enumerable.Range(0, columns).Select(column => DataAttribute.Numeric(FormattableString.Invariant($"x{column}"))),
            .. Enumerable.Range(0, Labels).Select(label => DataAttribute.Nominal(FormattableString.Invariant($"l{label}"), "0", "1")),
        ];
        var schema = new Data.DatasetSchema("dense", attributes, [.. Enumerable.Range(columns, Labels).Select(index => new LabelDefinition(attributes[index].Name, index, 1))]);
        var values = new double[rows * columns];
        foreach (ref double value in values.AsSpan())
            value = random.NextDouble();
        var labels = new LabelMatrix(rows, Labels);
        for (int row = 0; row < rows; row++)
            labels[row, random.Next(Labels)] = true;
        return new MultiLabelDataset(schema, FeatureMatrix.Dense(rows, columns, values), labels);
    }
}
