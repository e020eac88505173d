using System.Diagnostics;
using System.Globalization;
using AemloBridge.Benchmarks.Training;
using AemloBridge.Data;
using AemloBridge.Resampling;

namespace AemloBridge.Benchmarks.Resampling;

/// <summary>Seconds (elapsed, and of processors over all threads) and peak memory of one run of each method that trains nothing, at its defaults: a row of a table for each.</summary>
internal static class MethodsReport
{
    /// <summary>Prints the rows.</summary>
    /// <param name="arff">The data set.</param>
    /// <param name="labels">Its label file.</param>
    public static void Print(string arff, string labels)
    {
        MultiLabelDataset data = ArffReader.Read(arff, LabelSelection.Parse(labels));
        string name = Path.GetFileNameWithoutExtension(arff);
        foreach (IResamplingMethod method in ResamplingMethods.All.Where(method => !method.Trains))
        {
            GC.Collect();
            ForgetPeak();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            ResamplingResult result = method.Run(data, method.Presets[0] with { Seed = 1 });
            double seconds = watch.Elapsed.TotalSeconds;
            double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {method.Name} | {data.RowCount} | {result.After.Rows - data.RowCount:+0;-0;0} | {seconds:F2} | {processor:F2} | {MemoryReport.Megabytes("VmHWM")} |"));
        }
    }

    // Linux: from here on VmHWM is the peak since now.
    private static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");
}
