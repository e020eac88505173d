namespace AemloBridge.Server.Storage;

/// <summary>The names of the files in a job's folder.</summary>
internal static class JobFiles
{
    /// <summary>The training between two epochs, while the job runs.</summary>
    public const string Checkpoint = "checkpoint.safetensors";

    /// <summary>The recipe: RecipeParts, each preceded by its length, the header first. Complete when it is there.</summary>
    public const string Recipe = "recipe.pb";

    /// <summary>The JobReport. Complete when it is there, and written last: with it the job has succeeded.</summary>
    public const string Report = "report.pb";

    /// <summary>The model that a training made, until the store has taken it.</summary>
    public const string Model = "model.safetensors";

    /// <summary>The JobError of a job that was cancelled, until it has ended.</summary>
    public const string Cancel = "cancel.pb";

    /// <summary>Bytes of the result in a job's folder.</summary>
    public static long ResultBytes(string folder) =>
        new[] { Recipe, Report }.Select(name => new FileInfo(Path.Combine(folder, name))).Where(file => file.Exists).Sum(file => file.Length);
}
