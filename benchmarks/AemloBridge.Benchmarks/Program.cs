using AemloBridge.Benchmarks.Training;
using BenchmarkDotNet.Running;

// "step [preset]" prints the table of training steps, "memory DATA.arff LABELS.xml" that of peak memory; anything else
// goes to BenchmarkDotNet.
switch (args)
{
    case ["step", ..]:
        StepReport.Print(args.ElementAtOrDefault(1) ?? AemloBridge.Aemlo.Options.AemloPresets.PaperName);
        break;
    case ["memory", var data, var labels]:
        MemoryReport.Print(data, labels);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
