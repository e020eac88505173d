using System.Runtime.InteropServices;
using AemloBridge.Aemlo.Models;
using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Devices;

namespace AemloBridge.Cli.Diagnosis;

/// <summary>What <c>aemlo doctor</c> found out; what could not be found out is null.</summary>
/// <param name="Device">The device a training would use.</param>
/// <param name="WhyNotCuda">Why that is not CUDA; null where it is.</param>
/// <param name="Libtorch">The libtorch loaded.</param>
/// <param name="Threads">CPU threads a training would use.</param>
/// <param name="Memory">Memory after the training, in bytes.</param>
/// <param name="TrainingSeconds">How long the small training took.</param>
/// <param name="Problem">What does not work and what to do about it; null when everything does.</param>
internal sealed record Examination(
    string? Device,
    string? WhyNotCuda,
    LibtorchInfo? Libtorch,
    int Threads,
    MemoryInfo Memory,
    double? TrainingSeconds,
    string? Problem)
{
    private const int TrainingRows = 256;
    private const int TrainingSeed = 1;

    /// <summary>.NET and the platform.</summary>
    public static string Runtime { get; } = $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}";

    /// <summary>Looks, and trains.</summary>
    /// <param name="options">Device and threads; the rest does not matter.</param>
    /// <param name="cancellation">Stops the training.</param>
    public static Examination Run(AemloOptions options, CancellationToken cancellation)
    {
        int threads = options.Threads == 0 ? TorchRuntime.DefaultThreads : options.Threads;
        ComputeDevice? device = null;
        string? whyNotCuda = null;
        LibtorchInfo? libtorch = null;
        try
        {
            TorchRuntime.Initialize(options.Threads);
            libtorch = TorchRuntime.Describe();
            // Asked apart from the device: where CUDA is demanded and fails, there is no device to ask.
            whyNotCuda = ComputeDevice.Resolve(options.Device == DeviceKind.Cuda ? DeviceKind.Auto : options.Device).WhyNotCuda;
            device = ComputeDevice.Resolve(options.Device);
            double seconds = Train(options, cancellation);
            return new Examination(device.Name, whyNotCuda, libtorch, threads, MemoryInfo.Measure(), seconds, null);
        }
        catch (Exception exception) when (exception is DeviceException or DllNotFoundException or ExternalException)
        {
            return new Examination(device?.Name, whyNotCuda, libtorch, threads, MemoryInfo.Measure(), null, exception.Message);
        }
    }

    /// <summary>Trains a small network on a small generated data set and gives the seconds it took.</summary>
    private static double Train(AemloOptions options, CancellationToken cancellation)
    {
        MultiLabelDataset data = SampleDataset.Create(TrainingSeed).SelectRows([.. Enumerable.Range(0, TrainingRows)]);
        AemloOptions small = options with { Epochs = 2, Latent = 32, Hidden = 32, Seed = TrainingSeed };
        using AemloModel model = AemloTrainer.Train(data, small, cancellationToken: cancellation);
        return model.Training.Seconds;
    }
}
