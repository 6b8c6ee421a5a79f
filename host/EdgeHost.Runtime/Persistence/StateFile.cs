using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Persistence;

/// <summary>
/// A small file of what the runtime learned (bytes of models, latencies). Losing it costs time, never correctness, so nothing here throws: a file that
/// cannot be read or written is logged and done without. Reading and writing are not for the hot path. Thread-safe.
/// </summary>
internal sealed class StateFile
{
    private readonly string? _path;
    private readonly int _mostBytes;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();

    /// <summary>Creates one.</summary>
    /// <param name="folder">Where; null keeps nothing.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="mostBytes">A larger file is not read and not written.</param>
    /// <param name="logger">Told what went wrong.</param>
    public StateFile(string? folder, string name, int mostBytes, ILogger logger)
    {
        _path = folder is null ? null : Path.Combine(folder, name);
        _mostBytes = mostBytes;
        _logger = logger;
    }

    /// <summary>The content, or null where there is none that can be read.</summary>
    public byte[]? TryRead()
    {
        if (_path is null) return null;
        try
        {
            var file = new FileInfo(_path);
            if (!file.Exists) return null;
            if (file.Length <= _mostBytes) return File.ReadAllBytes(_path);
            _logger.LogWarning("{File} has {Bytes} bytes, more than the limit of {Limit}; it is not read.", file.Name, file.Length, _mostBytes);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("{File} cannot be read ({Problem}); the host learns afresh.", Path.GetFileName(_path), e.Message);
            return null;
        }
    }

    /// <summary>Replaces the content in one step: after a crash the old or the new content is there, never half of it.</summary>
    /// <returns>Whether it was written.</returns>
    public bool TryWrite(ReadOnlySpan<byte> content)
    {
        if (_path is null || content.Length > _mostBytes) return false;
        lock (_gate)
        {
            var temporary = $"{_path}.{Environment.ProcessId}.tmp";
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
                File.WriteAllBytes(temporary, content);
                File.Move(temporary, _path, overwrite: true);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _logger.LogWarning("{File} cannot be written ({Problem}); what was learned is lost at the end.", Path.GetFileName(_path), e.Message);
                return false;
            }
        }
    }
}
