using System.Text.Json;
using EdgeHost.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Storage;

/// <summary>
/// Jobs on the disk, a folder each with its record and its checkpoints. A record is written beside its place, brought to the disk and renamed, so that there is
/// always a whole one. Thread-safe as long as one job is written by one thread at a time.
/// </summary>
internal sealed class JobStore(IOptions<JobOptions> options, ILogger<JobStore> logger)
{
    /// <summary>Characters of an id, which are hexadecimal digits.</summary>
    public const int IdLength = 16;

    private const string RecordFile = "job.json";
    private const string Checkpoints = "*.checkpoint*";

    /// <summary>The folder of a job.</summary>
    public string FolderOf(string id) => Path.Combine(options.Value.Folder, id);

    /// <summary>All jobs; a record that is damaged is left out and logged.</summary>
    public IReadOnlyList<JobRecord> Load()
    {
        if (!Directory.Exists(options.Value.Folder)) return [];
        var records = new List<JobRecord>();
        foreach (var folder in Directory.EnumerateDirectories(options.Value.Folder))
        {
            // Whatever else is there is not ours to remove.
            if (!IsId(Path.GetFileName(folder))) continue;
            try
            {
                var path = Path.Combine(folder, RecordFile);
                if (!File.Exists(path))
                {
                    // A job that was never accepted.
                    Directory.Delete(folder, recursive: true);
                    continue;
                }

                if (JsonSerializer.Deserialize(File.ReadAllBytes(path), JobJson.Default.JobRecord) is { } record && record.Id == Path.GetFileName(folder)) records.Add(record);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                logger.LogWarning("The job in {Folder} cannot be read ({Problem}); it is left out.", folder, e.Message);
            }
        }

        return records;
    }

    /// <summary>Writes a record.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: it could not be written, and the one before is still there.</exception>
    public void Write(JobRecord record)
    {
        var folder = FolderOf(record.Id);
        try
        {
            PrivateFiles.Replace(Path.Combine(folder, RecordFile), JsonSerializer.SerializeToUtf8Bytes(record, JobJson.Default.JobRecord));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The job {record.Id} could not be written to {folder}: {e.Message}", e);
        }
    }

    /// <summary>Removes the checkpoints of a job that has ended.</summary>
    public void RemoveCheckpoints(string id)
    {
        Try(() =>
        {
            foreach (var file in Directory.GetFiles(FolderOf(id), Checkpoints)) File.Delete(file);
        });
    }

    /// <summary>Forgets a job.</summary>
    public void Remove(string id) => Try(() => Directory.Delete(FolderOf(id), recursive: true));

    private static bool IsId(string name) => name.Length == IdLength && name.All(char.IsAsciiHexDigitLower);

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (DirectoryNotFoundException)
        {
            // It is gone, as it should be.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("Files of a job could not be removed: {Problem}", e.Message);
        }
    }
}
