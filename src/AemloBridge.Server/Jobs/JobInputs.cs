using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using Grpc.Core;

namespace AemloBridge.Server.Jobs;

/// <summary>Finds the files that a job works on.</summary>
internal sealed class JobInputs(IDatasetStore datasets, IModelStore models)
{
    /// <summary>The paths, empty where the job needs none; null, and why, when one is gone.</summary>
    public (string Dataset, string Model)? Find(JobRecord job, out JobError? missing)
    {
        string dataset = "", model = "";
        missing = null;
        if (job.DatasetDigest.Length > 0)
        {
            if (datasets.Find(job.Tenant, job.DatasetDigest) is not { } found)
                return Gone("data set", job.DatasetDigest, out missing);
            dataset = datasets.FilePath(found);
        }

        if (job.Kind == JobKind.Generate)
        {
            if (models.Find(job.Tenant, job.ModelId) is not { } found)
                return Gone("model", job.ModelId, out missing);
            model = models.FilePath(found);
        }

        return (dataset, model);
    }

    private static (string Dataset, string Model)? Gone(string what, string id, out JobError missing)
    {
        missing = JobErrors.Of(StatusCode.NotFound, $"the {what} '{id}' is no longer on the server; upload it again and start the job anew");
        return null;
    }
}
