using System.Globalization;
using AemloBridge.Aemlo;
using AemloBridge.Aemlo.Options;
using AemloBridge.Client;
using AemloBridge.Data;

namespace AemloBridge.Benchmarks.Serving;

/// <summary>What going through a server costs, against the same run in the process.</summary>
internal static class OverheadReport
{
    private const int Rounds = 5;
    private const int Epochs = 10;

    public static async Task PrintAsync(string arff, string labels)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        using var server = new ServingProcess();
        using AemloClient client = AemloClient.Connect(server.Address);
        double[] inside = new double[Rounds], through = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            // Another seed each round, so that no result is given twice.
            AemloOptions options = AemloPresets.Default with { Epochs = Epochs, Seed = round + 2, Device = DeviceKind.Cpu };
            double local = await Stopwatches.SecondsAsync(() => Task.FromResult(AemloOversampler.Run(data, options)));
            double remote = await Stopwatches.SecondsAsync(() => client.OversampleAsync(data, options));
            // The first round loads libtorch on both sides and uploads the data.
            if (round >= 0)
                (inside[round], through[round]) = (local, remote);
        }

        double here = Stopwatches.Median(inside), there = Stopwatches.Median(through);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileNameWithoutExtension(arff)} | {here:F2} | {there:F2} | {there / here:F3} |"));
    }
}
