using AemloBridge.Benchmarks.Serving;
using AemloBridge.Benchmarks.Training;
using BenchmarkDotNet.Running;

// "step [preset]" prints the table of training steps, "memory DATA.arff LABELS.xml" that of peak memory, "transfer" and
// "overhead" with the same arguments those of the server; anything else goes to BenchmarkDotNet.
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
    case [ServingProcess.Command, var folder]:
        await ServingProcess.RunAsync(folder);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
