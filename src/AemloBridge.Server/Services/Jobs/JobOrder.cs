using AemloBridge.Protocol.V1;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>What a request asks for, as far as it can be checked without the stores.</summary>
/// <param name="Kind">The kind of job.</param>
/// <param name="RequestId">The client's name for the request; empty for none.</param>
/// <param name="Hash">SHA-256 over what is asked, the request id and what concerns the call alone left out.</param>
/// <param name="KeepRunning">Whether the job outlives its call.</param>
/// <param name="TimeLimit">How long it may run; null for the server's own limit.</param>
/// <param name="DatasetDigest">The data set; empty for none.</param>
/// <param name="ModelId">The model to use; empty for none.</param>
/// <param name="ModelName">The name of the model to make.</param>
/// <param name="Method">The method as asked for; every option known and within its range.</param>
internal sealed record JobOrder(
    JobKind Kind,
    string RequestId,
    string Hash,
    bool KeepRunning,
    TimeSpan? TimeLimit,
    string DatasetDigest,
    string ModelId,
    string ModelName,
    MethodSpec Method);
