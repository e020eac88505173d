using System.Globalization;
using System.Runtime.InteropServices;
using AemloBridge.Devices;

namespace AemloBridge.Tests.Devices;

public class MemoryInfoTests
{
    [Fact]
    public unsafe void Measure_NativeMemoryTouched_CountsAsResident()
    {
        const int Size = 256 << 20;
        long before = MemoryInfo.Measure().Resident;
        byte* block = (byte*)NativeMemory.Alloc(Size);
        try
        {
            for (int i = 0; i < Size; i += 4096)
                block[i] = 1;

            // Other tests come and go meanwhile: half of it is enough to know that native memory counts.
            Assert.InRange(MemoryInfo.Measure().Resident - before, Size / 2, 100L * Size);
        }
        finally
        {
            NativeMemory.Free(block);
        }
    }

    [Fact]
    public void Measure_Machine_HoldsTogether()
    {
        MemoryInfo memory = MemoryInfo.Measure();

        Assert.InRange(memory.Resident, 1L << 20, memory.Total);
        Assert.InRange(memory.Available, 1, memory.Total);
        if (OperatingSystem.IsLinux())
        {
            string total = File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemTotal:", StringComparison.Ordinal));
            long machine = 1024 * long.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            Assert.InRange(memory.Total, 1, machine);
        }
    }
}
