using System.Globalization;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AemloBridge.Server.Probe;

/// <summary>Uploads of growing size, until one is refused; then a small one.</summary>
internal static class StoreFill
{
    /// <summary>Arguments: data folder, bytes by which each upload is larger than the one before.</summary>
    public static void Run(string[] args)
    {
        using EmbeddedStorage storage = EmbeddedStorage.Open(args[0], new Limits(), TimeProvider.System, NullLogger.Instance);
        int step = int.Parse(args[1], CultureInfo.InvariantCulture);
        int length = step;
        while (TryStore(storage, length))
            length += step;
        TryStore(storage, 1);
    }

    private static bool TryStore(EmbeddedStorage storage, int length)
    {
        try
        {
            using IDatasetUpload upload = storage.Datasets.Begin("a");
            upload.Content.Write(new byte[length]);
            upload.Commit(new DatasetRecord("", $"of-{length}-bytes", "", 1, 1, 1, false, 0, 0, default, default), out _);
            Console.WriteLine($"stored {length}");
            return true;
        }
        catch (RequestException refused)
        {
            Console.WriteLine($"refused {length} {refused.Reason}");
            return false;
        }
    }
}
