using System.Text.Json;
using EdgeHost.Runtime.Persistence;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// Bytes and load times of models, kept across restarts in <c>models.json</c>, so that the next start reserves what a model really takes. Content that is
/// broken, foreign or absurd is left out with one log line. Thread-safe.
/// </summary>
internal sealed class ModelHistoryFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "models.json";

    private const int Format = 1;
    private const int MostBytesInFile = 1 << 20;
    private const int LongestName = 256;
    private const long MostBytes = 1L << 50;
    private const double LongestLoadMilliseconds = 86_400_000;

    private readonly StateFile? _file;
    private readonly int _limit;
    private readonly ILogger _logger;

    /// <summary>Creates one.</summary>
    /// <param name="folder">Where; null keeps nothing.</param>
    /// <param name="limit">Models kept at most: those used last.</param>
    /// <param name="logger">Told what went wrong.</param>
    public ModelHistoryFile(string? folder, int limit, ILogger logger)
    {
        _file = folder is null ? null : new StateFile(folder, FileName, MostBytesInFile, logger);
        _limit = limit;
        _logger = logger;
    }

    /// <summary>Whether anything is kept.</summary>
    public bool IsKept => _file is not null;

    /// <summary>What was kept; empty where nothing was or it cannot be used.</summary>
    public IReadOnlyList<ModelMemoryRecord> Read()
    {
        if (_file?.TryRead() is not { } bytes) return [];
        ModelHistoryContent? content;
        try
        {
            content = JsonSerializer.Deserialize(bytes, ModelHistoryJson.Default.ModelHistoryContent);
        }
        catch (JsonException e)
        {
            _logger.LogWarning("{File} is broken at byte {Position}; the memory of models is learned afresh.", FileName, e.BytePositionInLine);
            return [];
        }

        if (content?.Format != Format || content.Models is null)
        {
            _logger.LogWarning("{File} has format {Format}, not {Expected}; the memory of models is learned afresh.", FileName, content?.Format, Format);
            return [];
        }

        var usable = content.Models.OfType<ModelMemoryRecord>().Where(IsUsable).DistinctBy(record => record.Key).Take(_limit).ToList();
        if (usable.Count < content.Models.Count)
        {
            _logger.LogWarning("{File}: {Count} of {All} records make no sense and are left out.", FileName, content.Models.Count - usable.Count, content.Models.Count);
        }

        return usable;
    }

    /// <summary>Keeps these, or the ones used last where they are too many.</summary>
    public void Write(IReadOnlyList<ModelMemoryRecord> records)
    {
        if (_file is null) return;
        var kept = records.OrderByDescending(record => record.LastUsed).Take(_limit).ToArray();
        _file.TryWrite(JsonSerializer.SerializeToUtf8Bytes(new ModelHistoryContent(Format, kept), ModelHistoryJson.Default.ModelHistoryContent));
    }

    private static bool IsUsable(ModelMemoryRecord record)
        => IsName(record.Id) && IsName(record.Version) && IsName(record.Device) && record.Variant is { Length: <= LongestName }
            && record.Sha256 is { Length: <= LongestName }
            && record.LoadedBytes is > 0 and <= MostBytes && record.PeakBytes >= record.LoadedBytes && record.PeakBytes <= MostBytes
            && record.LoadMilliseconds is >= 0 and <= LongestLoadMilliseconds;

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName };
}
