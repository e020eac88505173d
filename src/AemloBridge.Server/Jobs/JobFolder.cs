using AemloBridge.Aemlo.Training;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Storage;
using Google.Protobuf;

namespace AemloBridge.Server.Jobs;

/// <summary>The files of one job.</summary>
internal sealed class JobFolder(string path)
{
    // What a worker that was killed leaves half-written; see AtomicFile.
    private const string Unfinished = ".aemlo-*.tmp";

    public string Path { get; } = path;

    public string Checkpoint { get; } = System.IO.Path.Combine(path, JobFiles.Checkpoint);

    public string Recipe { get; } = System.IO.Path.Combine(path, JobFiles.Recipe);

    public string Report { get; } = System.IO.Path.Combine(path, JobFiles.Report);

    public string Model { get; } = System.IO.Path.Combine(path, JobFiles.Model);

    public string Cancel { get; } = System.IO.Path.Combine(path, JobFiles.Cancel);

    /// <summary>Whether the job has succeeded: its report is written last.</summary>
    public bool IsComplete => File.Exists(Report);

    /// <summary>Epochs that need not be repeated.</summary>
    public int SavedEpochs => CheckpointPolicy.SavedEpochs(Checkpoint);

    public JobReport ReadReport()
    {
        using FileStream stream = File.OpenRead(Report);
        return JobReport.Parser.ParseFrom(stream);
    }

    public void WriteReport(JobReport report) => AtomicFile.Write(Report, overwrite: true, report.WriteTo);

    /// <summary>Why the job is to end; null while nobody has asked for that.</summary>
    public JobError? ReadCancel()
    {
        if (!File.Exists(Cancel))
            return null;
        using FileStream stream = File.OpenRead(Cancel);
        return JobError.Parser.ParseFrom(stream);
    }

    public void WriteCancel(JobError error) => AtomicFile.Write(Cancel, overwrite: true, error.WriteTo);

    /// <summary>Deletes what a killed worker left half-written.</summary>
    public void DeleteUnfinished()
    {
        foreach (string file in Directory.EnumerateFiles(Path, Unfinished))
            File.Delete(file);
    }

    /// <summary>Deletes everything that an ended job no longer needs.</summary>
    /// <param name="keepResult">Whether it has succeeded.</param>
    public void Tidy(bool keepResult)
    {
        DeleteUnfinished();
        File.Delete(Checkpoint);
        File.Delete(Model);
        File.Delete(Cancel);
        if (keepResult)
            return;
        File.Delete(Report);
        File.Delete(Recipe);
    }
}
