using AemloBridge.Benchmarks.Training;
using BenchmarkDotNet.Running;

// "step [preset]" prints the table of training steps; anything else goes to BenchmarkDotNet.
if (args is ["step", ..])
    StepReport.Print(args.ElementAtOrDefault(1) ?? "paper");
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
