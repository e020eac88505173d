using AemloBridge.Protocol.V1;
using Google.Protobuf.Reflection;

namespace AemloBridge.Protocol.Tests.Contracts;

/// <summary>The contracts as compiled, and as the files say them.</summary>
internal static class ContractFiles
{
    /// <summary>The public contracts' files.</summary>
    public static IReadOnlyList<FileDescriptor> Descriptors { get; } = [.. All()];

    /// <summary>The folder of the proto files, copied here by the build.</summary>
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "proto");

    /// <summary>Every proto file, the workers' included, with "/" between folders.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Root, "*.proto", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Root, name));

    private static IEnumerable<FileDescriptor> All()
    {
        FileDescriptor[] roots = [DatasetServiceReflection.Descriptor, JobServiceReflection.Descriptor, ModelServiceReflection.Descriptor, ServerServiceReflection.Descriptor];
        return roots.SelectMany(WithDependencies).DistinctBy(file => file.Name).Where(file => file.Package == "aemlo.v1");
    }

    private static IEnumerable<FileDescriptor> WithDependencies(FileDescriptor file) => [file, .. file.Dependencies.SelectMany(WithDependencies)];
}
