using System.Security.Cryptography;
using AemloBridge.Aemlo.Models;
using AemloBridge.Protocol;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;

namespace AemloBridge.Server.Jobs;

/// <summary>Takes what a job has made out of its folder. Can be repeated after a crash at any point.</summary>
internal sealed class JobResults(IModelStore models, IJobStore jobs)
{
    private const int CopyBytes = 1 << 20;

    /// <summary>Stores the model of a training, and sees that the report names it.</summary>
    /// <returns>The record with what the result adds to it.</returns>
    /// <exception cref="Errors.RequestException">RESOURCE_EXHAUSTED: the result does not fit the quota, or a model the disk.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public JobRecord Take(JobRecord job, JobFolder folder)
    {
        JobReport report = folder.ReadReport();
        if (job.Kind != JobKind.Train)
        {
            jobs.RequireRoom(job, JobFiles.ResultBytes(jobs.Folder(job)));
            return job;
        }

        string model = File.Exists(folder.Model) ? Store(job, folder) : report.ModelId;
        if (report.ModelId != model)
        {
            report.ModelId = model;
            folder.WriteReport(report);
        }

        return job with { ModelId = model };
    }

    /// <summary>The id that a training's model is stored under: the job's own, so that storing it twice gives one model.</summary>
    public static string ModelId(JobRecord job) => job.Kind == JobKind.Train ? job.Id : job.ModelId;

    private string Store(JobRecord job, JobFolder folder)
    {
        ModelDescription description = ModelFile.Describe(folder.Model);
        using IModelUpload upload = models.Begin(job.Tenant);
        string hash = Copy(folder.Model, upload.Content);
        upload.Flush();
        var record = new ModelRecord(
            job.Tenant,
            ModelId(job),
            job.ModelName,
            hash,
            description.Bytes,
            job.DatasetDigest,
            job.Method,
            MethodContract.ToValues(description.Options),
            description.Schema.FeatureCount,
            description.Schema.LabelCount,
            description.SeedRows,
            default,
            default);
        return upload.Commit(record, out _).Id;
    }

    private static string Copy(string path, Stream destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream source = File.OpenRead(path);
        var buffer = new byte[CopyBytes];
        for (int read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            destination.Write(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
