using System.Reflection;
using AemloBridge.Protocol.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>Every call of the contracts, as their descriptors have them.</summary>
internal static class Rpcs
{
    private const string DescriptorClass = "Reflection";

    /// <summary>Every call of every service.</summary>
    public static IReadOnlyList<MethodDescriptor> All { get; } =
    [
        .. typeof(UploadDatasetRequest).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith(DescriptorClass, StringComparison.Ordinal))
            .Select(type => type.GetProperty(nameof(IMessage.Descriptor), BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods),
    ];

    /// <summary>For example "DatasetService.FindDataset".</summary>
    public static string Name(MethodDescriptor method) => $"{method.Service.Name}.{method.Name}";

    /// <summary>The call that takes such requests: no two take the same.</summary>
    public static MethodDescriptor Taking<TRequest>()
        where TRequest : IMessage, new() => Taking(new TRequest().Descriptor);

    /// <inheritdoc cref="Taking{TRequest}()"/>
    public static MethodDescriptor Taking(MessageDescriptor request) => All.Single(method => method.InputType == request);

    /// <summary>
    /// The call as one whose messages go both ways. On the wire every call is one; what is said of it as unary is what
    /// the client makes of it, and here a request is to stay without its end for as long as a test wants.
    /// </summary>
    public static Method<IMessage, IMessage> BothWays(MethodDescriptor method) => new(
        MethodType.DuplexStreaming,
        method.Service.FullName,
        method.Name,
        Marshallers.Create(message => message.ToByteArray(), bytes => method.InputType.Parser.ParseFrom(bytes)),
        Marshallers.Create(message => message.ToByteArray(), bytes => method.OutputType.Parser.ParseFrom(bytes)));
}
