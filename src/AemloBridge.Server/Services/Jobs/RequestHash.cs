using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>
/// Tells a repeated request from another one. Options count as they were given, each in the one way its value is written:
/// a seed that was left out stays left out, and a new server's defaults do not make an old request another.
/// </summary>
internal static class RequestHash
{
    /// <summary>The hash, in lower-case hexadecimal digits.</summary>
    /// <param name="kind">The kind of job.</param>
    /// <param name="datasetDigest">The data set; empty for none.</param>
    /// <param name="modelId">The model to use; empty for none.</param>
    /// <param name="modelName">The name of the model to make.</param>
    /// <param name="method">The method as it was asked for.</param>
    /// <param name="resolved">The options that it stands for, to take the values from.</param>
    public static string Of(JobKind kind, string datasetDigest, string modelId, string modelName, MethodSpec method, ResamplingOptions resolved)
    {
        IResamplingMethod known = ResamplingMethods.Of(resolved);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, kind.ToString());
        Append(hash, datasetDigest);
        Append(hash, modelId);
        Append(hash, modelName);
        Append(hash, resolved.Method);
        Append(hash, method.Preset.Length == 0 ? ResamplingOptions.DefaultPreset : method.Preset);
        foreach (string name in method.Options.Keys.Order(StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, known.Options.First(option => option.Name == name).Format(resolved) ?? "");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // With its length before it, so that no two lists of texts give the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
