using AemloBridge.Cli.Batch.Entries;
using AemloBridge.Cli.Output;

namespace AemloBridge.Cli.Batch.Output;

/// <summary>An entry of a batch that is not run.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Training">The number of its training; entries with the same number share it.</param>
/// <param name="IsDone">Whether an earlier run has done it.</param>
internal sealed record DryEntry(BatchEntry Entry, int Training, bool IsDone);

/// <summary>Tells what a batch would do.</summary>
internal static class DryRunOutput
{
    /// <summary>For people.</summary>
    public static void WriteText(TextWriter output, IReadOnlyList<DryEntry> entries)
    {
        var table = new TextTable("entry", "output", "training", "state");
        foreach (DryEntry item in entries)
            table.Add(item.Entry.Name, item.Entry.Output, $"{item.Training}", item.IsDone ? "done" : "to do");
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"{entries.Count} entries, {entries.Count(item => !item.IsDone)} to do, {entries.Where(item => !item.IsDone).Select(item => item.Training).Distinct().Count()} trainings for them");
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(TextWriter output, string plan, IReadOnlyList<DryEntry> entries) => Json.Write(output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("plan", plan);
        writer.WriteStartArray("entries");
        foreach (DryEntry item in entries)
        {
            writer.WriteStartObject();
            BatchOutput.WriteEntry(writer, item.Entry);
            writer.WriteNumber("training", item.Training);
            writer.WriteBoolean("done", item.IsDone);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
