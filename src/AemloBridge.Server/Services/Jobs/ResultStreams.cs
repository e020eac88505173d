using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using AemloBridge.Server.Storage;
using Google.Protobuf;
using Grpc.Core;

namespace AemloBridge.Server.Services.Jobs;

/// <summary>Sends what a job has left in its folder: the recipe part by part as it is read, then the report.</summary>
internal sealed class ResultStreams(IJobStore store)
{
    /// <summary>Sends the result of a job that has succeeded.</summary>
    /// <exception cref="RequestException">NOT_FOUND: it has expired; INVALID_ARGUMENT: it has fewer new rows than the client has.</exception>
    public async Task SendAsync(JobRecord job, ulong fromNewRow, Func<JobEvent, Task> write)
    {
        // Both are open before the first part goes out: what expires meanwhile can still be read.
        (JobReport report, FileStream? recipe) = Open(job);
        await using (recipe)
        {
            if (recipe is not null)
                await SendAsync(job, recipe, fromNewRow, write);
        }

        await write(new JobEvent { Report = report });
    }

    private static async Task SendAsync(JobRecord job, FileStream recipe, ulong fromNewRow, Func<JobEvent, Task> write)
    {
        using IEnumerator<RecipePart> parts = RecipeParts.Read(recipe, fromNewRow).GetEnumerator();
        while (Next(job, parts) is { } part)
        {
            if (part.Header is { } header && fromNewRow > header.NewRowCount)
                throw RequestException.Invalid("from_new_row", FormattableString.Invariant($"{fromNewRow}, but the result has {header.NewRowCount} new rows"));
            await write(new JobEvent { Recipe = part });
            ServiceMetrics.SentRecipe(part.CalculateSize());
        }
    }

    private static RecipePart? Next(JobRecord job, IEnumerator<RecipePart> parts)
    {
        try
        {
            return parts.MoveNext() ? parts.Current : null;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or ContractException)
        {
            throw Damaged(job, exception);
        }
    }

    private (JobReport Report, FileStream? Recipe) Open(JobRecord job)
    {
        string folder = store.Folder(job);
        FileStream? recipe = null;
        try
        {
            // A training leaves a model, and no recipe.
            if (job.Kind != JobKind.Train)
                recipe = new FileStream(Path.Combine(folder, JobFiles.Recipe), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);
            return (JobReport.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, JobFiles.Report))), recipe);
        }
        catch (Exception exception)
        {
            recipe?.Dispose();
            throw exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => new RequestException(StatusCode.NotFound, Reasons.ResultExpired, $"the result of job '{job.Id}' has expired; ask for the job again, under another request_id"),
                InvalidProtocolBufferException => Damaged(job, exception),
                _ => exception,
            };
        }
    }

    private static InvalidOperationException Damaged(JobRecord job, Exception exception) => new($"the result of job {job.Id} is damaged", exception);
}
