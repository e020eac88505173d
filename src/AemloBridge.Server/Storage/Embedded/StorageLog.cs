using Microsoft.Extensions.Logging;
namespace AemloBridge.Server.Storage.Embedded;

/// <summary>What the store logs: events 1000 to 1999.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(1000, LogLevel.Information, "Data folder {Folder}: {Datasets} data sets, {Models} models, {Jobs} jobs")]
    public static partial void Opened(this ILogger logger, string folder, int datasets, int models, int jobs);

    [LoggerMessage(1001, LogLevel.Information, "Deleted {Count} files or folders that an interrupted change left in {Folder}")]
    public static partial void LeftoversDeleted(this ILogger logger, int count, string folder);

    [LoggerMessage(1002, LogLevel.Warning, "The file of {Kind} {Id} is missing or has not its {Bytes} bytes; its record was removed")]
    public static partial void FileLost(this ILogger logger, ItemKind kind, string id, long bytes);

    [LoggerMessage(1003, LogLevel.Warning, "The folder of job {Id} is missing; an empty one was made")]
    public static partial void JobFolderLost(this ILogger logger, string id);

    [LoggerMessage(1004, LogLevel.Information, "Deleted {Kind} {Id} of {Bytes} bytes to make room in its tenant's quota")]
    public static partial void Evicted(this ILogger logger, ItemKind kind, string id, long bytes);

    [LoggerMessage(1005, LogLevel.Information, "Deleted {Kind} {Id} of {Bytes} bytes, which had expired")]
    public static partial void Expired(this ILogger logger, ItemKind kind, string id, long bytes);

    [LoggerMessage(1006, LogLevel.Warning, "{Path} cannot be deleted now and will be tried again: {Reason}")]
    public static partial void RemovalPostponed(this ILogger logger, string path, string reason);

    [LoggerMessage(1007, LogLevel.Error, "What has expired could not be deleted; it will be tried again")]
    public static partial void SweepFailed(this ILogger logger, Exception error);

    [LoggerMessage(1008, LogLevel.Warning, "The disk is full: an upload was refused")]
    public static partial void DiskIsFull(this ILogger logger);
}
