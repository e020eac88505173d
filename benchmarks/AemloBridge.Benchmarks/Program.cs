using System.Globalization;
using AemloBridge.Benchmarks.Neighbours;
using AemloBridge.Benchmarks.Resampling;
using AemloBridge.Benchmarks.Serving;
using AemloBridge.Benchmarks.Training;
using BenchmarkDotNet.Running;

// "step [preset]" prints the table of training steps, "memory DATA.arff LABELS.xml" that of peak memory, "transfer" and
// "overhead" with the same arguments those of the server, "neighbours ROWS COLUMNS K" or "neighbours DATA.arff LABELS.xml K"
// a search for the nearest rows, "estimators ROWS COLUMNS" its two matrix products,
// "methods DATA.arff LABELS.xml" every resampling method without a training,
// "speed DATA.arff LABELS.xml TIMES.csv RATE" our seconds beside Mulan's, "growth" seconds over n and d,
// "mulan DATA.arff LABELS.xml COUNTS.csv RATE" what Mulan made of a data set beside what we make of it; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["step", ..]:
        StepReport.Print(args.ElementAtOrDefault(1) ?? AemloBridge.Aemlo.Options.AemloPresets.PaperName);
        break;
    case ["memory", var data, var labels]:
        MemoryReport.Print(data, labels);
        break;
    case ["transfer", var data, var labels]:
        await TransferReport.PrintAsync(data, labels);
        break;
    case ["overhead", var data, var labels]:
        await OverheadReport.PrintAsync(data, labels);
        break;
    case ["neighbours", var first, var second, var k] when int.TryParse(first, CultureInfo.InvariantCulture, out int rows):
        NeighbourReport.PrintGenerated(rows, int.Parse(second, CultureInfo.InvariantCulture), int.Parse(k, CultureInfo.InvariantCulture));
        break;
    case ["estimators", var rows, var columns]:
        EstimatorReport.Print(int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(columns, CultureInfo.InvariantCulture));
        break;
    case ["methods", var data, var labels]:
        MethodsReport.Print(data, labels);
        break;
    case ["speed", var data, var labels, var times, var rate]:
        SpeedReport.Print(data, labels, times, double.Parse(rate, CultureInfo.InvariantCulture));
        break;
    case ["growth"]:
        GrowthReport.Print();
        break;
    case ["mulan", var data, var labels, var counts, var rate]:
        MulanReport.Print(data, labels, counts, double.Parse(rate, CultureInfo.InvariantCulture));
        break;
    case ["neighbours", var data, var labels, var k]:
        NeighbourReport.PrintFile(data, labels, int.Parse(k, CultureInfo.InvariantCulture));
        break;
    case [ServingProcess.Command, var folder]:
        await ServingProcess.RunAsync(folder);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
