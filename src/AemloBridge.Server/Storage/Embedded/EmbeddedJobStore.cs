using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Server.Errors;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>Jobs: a record and a folder each.</summary>
internal sealed class EmbeddedJobStore(EmbeddedStorage storage) : IJobStore
{
    /// <inheritdoc/>
    /// <exception cref="RequestException">NOT_FOUND: the data set, or the model that a generation uses, has been deleted since it was found.</exception>
    public bool TryCreate(JobRecord job, out JobRecord? existing)
    {
        StorageFolder.CheckId(ItemKind.Job, job.Id);
        lock (storage.Database.Gate)
        {
            existing = FindByRequest(job.Tenant, job.RequestId);
            if (existing is not null)
                return false;
            if (Get(job.Tenant, job.Id) is not null)
                throw new InvalidOperationException($"there is a job '{job.Id}' already");

            // From here on the job keeps them from being deleted, so they must not have gone before.
            Require(ItemKind.Dataset, job.Tenant, job.DatasetDigest);
            if (job.Kind == JobKind.Generate)
                Require(ItemKind.Model, job.Tenant, job.ModelId);
            MakeFolder(job);
            try
            {
                storage.Database.Write(connection => connection.Execute(
                    $"INSERT INTO jobs ({JobRow.List}, bytes) VALUES ({JobRow.Values}, 0)", JobRow.Parameters(job)));
            }
            catch
            {
                storage.Trash.Discard(Folder(job));
                throw;
            }

            return true;
        }
    }

    public void RequireRoom(JobRecord job, long bytes) => storage.Space.Require(job.Tenant, bytes, [job.DatasetDigest, job.ModelId]);

    public void Update(JobRecord job)
    {
        // Measured before the gate is taken: a result does not change any more. What another end leaves behind is deleted.
        long bytes = job.State == JobState.Succeeded ? JobFiles.ResultBytes(Folder(job)) : 0;
        lock (storage.Database.Gate)
        {
            StoredItem before = storage.Database.Read(connection => connection.First(
                row => new StoredItem(ItemKind.Job, job.Tenant, job.Id, row.Long("bytes")),
                "SELECT bytes FROM jobs WHERE tenant = $tenant AND id = $id",
                ("$tenant", job.Tenant), ("$id", job.Id)))
                ?? throw new InvalidOperationException($"there is no job '{job.Id}' to update");
            storage.Database.WriteUrgent(connection =>
            {
                connection.Execute(
                    $"UPDATE jobs SET {JobRow.Assignments}, bytes = $bytes WHERE tenant = $tenant AND id = $id",
                    [.. JobRow.Parameters(job), ("$bytes", bytes)]);
                if (job.HasEnded)
                    NoteUse(connection, job);
                return true;
            });
            storage.Ledger.Store(job.Tenant, bytes - before.Bytes);
            StorageMetrics.Stored(ItemKind.Job, bytes - before.Bytes);
        }
    }

    public JobRecord? Get(string tenant, string id) => storage.Database.Read(connection => connection.First(
        JobRow.Read, $"SELECT {JobRow.List} FROM jobs WHERE tenant = $tenant AND id = $id", ("$tenant", tenant), ("$id", id)));

    public JobRecord? FindByRequest(string tenant, string requestId) => requestId.Length == 0 ? null : storage.Database.Read(connection => connection.First(
        JobRow.Read,
        $"SELECT {JobRow.List} FROM jobs WHERE tenant = $tenant AND request_id = $request_id AND request_id <> ''",
        ("$tenant", tenant), ("$request_id", requestId)));

    public IReadOnlyList<JobRecord> List(string tenant, string after, IReadOnlyCollection<JobState> states, int limit)
    {
        string wanted = states.Count == 0 ? "" : $"AND state IN ({string.Join(", ", states.Select(state => (int)state))})";
        return storage.Database.Read(connection => connection.All(
            JobRow.Read,
            $"""
            SELECT {JobRow.List} FROM jobs WHERE tenant = $tenant AND (created, id) < ($created, $after) {wanted}
            ORDER BY created DESC, id DESC LIMIT $limit
            """,
            ("$tenant", tenant), ("$created", ListPosition.Of(connection, ItemKind.Job, tenant, after)), ("$after", after), ("$limit", limit)));
    }

    public IReadOnlyList<JobRecord> Unfinished() => storage.Database.Read(connection => connection.All(
        JobRow.Read, $"SELECT {JobRow.List} FROM jobs WHERE has_ended = 0 ORDER BY created, id, tenant"));

    public string Folder(JobRecord job) => storage.Folder.Of(job.Tenant, ItemKind.Job, job.Id);

    public DateTimeOffset? Expires(JobRecord job) => job.HasEnded ? storage.Expiry.Expires(ItemKind.Job, job.Ended ?? job.Created) : null;

    // What a job worked on was in use until it ended.
    private void NoteUse(SqliteConnection connection, JobRecord job)
    {
        foreach ((ItemKind kind, string id) in new[] { (ItemKind.Dataset, job.DatasetDigest), (ItemKind.Model, job.ModelId) })
        {
            connection.Execute(
                $"UPDATE {kind.Table()} SET last_used = max(last_used, $now) WHERE tenant = $tenant AND id = $id",
                ("$now", storage.Time.GetUtcNow().UtcTicks), ("$tenant", job.Tenant), ("$id", id));
        }
    }

    private void Require(ItemKind kind, string tenant, string id)
    {
        if (id.Length == 0)
            return;
        long found = storage.Database.Read(connection => connection.Number(
            $"SELECT count(*) FROM {kind.Table()} WHERE tenant = $tenant AND id = $id", ("$tenant", tenant), ("$id", id))) ?? 0;
        if (found == 0)
            throw RequestException.NotFound(kind.Noun(), id);
    }

    private void MakeFolder(JobRecord job)
    {
        try
        {
            string jobs = storage.Folder.MakeFor(job.Tenant, ItemKind.Job);
            StorageFolder.Make(Folder(job));
            FolderFlush.Flush(jobs);
        }
        catch (IOException error) when (DiskFull.Is(error))
        {
            throw DiskFull.Refusal();
        }
    }
}
