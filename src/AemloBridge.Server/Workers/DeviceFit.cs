using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;

namespace AemloBridge.Server.Workers;

/// <summary>Which device can run which job, and what it takes of the machine's memory there.</summary>
internal static class DeviceFit
{
    /// <summary>Whether a device is of the kind that a job can run on.</summary>
    public static bool IsOfKind(ActiveJob job, string device)
    {
        bool gpu = WorkerCommandLine.GpuIndex(device) is not null;
        // Halfway on one kind of device, a job ends there: the other kind rounds otherwise, and its result would differ.
        if (job.BegunOn is { } begun)
            return gpu == (WorkerCommandLine.GpuIndex(begun) is not null);
        return gpu || !job.NeedsCuda;
    }

    /// <summary>Whether a device can run a job: it is of the kind, and has the memory as far as is known.</summary>
    public static bool Suits(ActiveJob job, string device, ulong memory, Limits limits) =>
        IsOfKind(job, device) && (memory == 0 || !IsOnGpu(job, device) || job.Memory.Tensors <= Admission.GpuLimit(limits, (long)memory));

    /// <summary>Whether a job uses the GPU of a device: one for the CPU runs there also in the worker of a GPU.</summary>
    public static bool IsOnGpu(ActiveJob job, string device) => !job.WantsCpu && WorkerCommandLine.GpuIndex(device) is not null;

    /// <summary>What a job takes of the machine's own memory on a device.</summary>
    public static long HostBytes(ActiveJob job, string device) => IsOnGpu(job, device) ? job.Memory.Host : job.Memory.Total;
}
